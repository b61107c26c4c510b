"""The same case without names: words that identify are replaced by others of a key, everything else stays.

Words are replaced by what they are (`fields`), with the same word for the same word wherever it stands
(`pseudonyms`), so that references, selectors, plan and actuals still fit (`walking`); days move by whole weeks
(`days`).
"""
