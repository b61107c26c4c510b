"""Compiled histories. Hard rules are those of `engine.search.kernel`, on the same two arrays `a` and `s`.

`r` is what may go wrong, which is only read; `x` is one history under way. `layout` says where each table lies in them.
Nothing here looks at a draw before the day on which what it decides is known.
"""
