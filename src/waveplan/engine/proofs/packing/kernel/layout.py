"""Where everything lies in the arrays of a packing search.

Arrays, all int64, for N lots (numbered in the order they are tried), K sums, B ≥ K limits with the transformed ones
after the sums, U unions and S waves. Amounts are in whole units of each limit; waves are counted from 1. By name
[shape]:

- info [NUMBERS]: numbers about the search, and where each table begins in links
- lots [N × AMOUNT + B + K + S]: WORTH (2 ** 20 is a full wave), FIRST and LAST wave, CODE (62 random bits), B amounts,
  then K amounts with followers, then by wave whether the lot may be in it
- links [flat]: ragged tables by lot: followers (lot · 2 + strictly), lots apart, elements; then by element: union,
  weight
- order [N]: lots by their last wave
- sets [N × words, or 0 × 1]: bits: lots whose place a lot could take at no loss
- rooms [S × K + U]: what each wave has room for
- prefix [S + 1 × B]: room of all waves up to each
- nodes [any × SET + words]: a node by row: VALUE, PARENT, DEPTH (waves), heap links, HASH, STATE, then its lots as
  bits; row 0 is empty
- table [2 ** k]: hash table of nodes with open addressing: -1 is free
- roots [S + 1]: by depth: the top of its heap, -1 if there is none
- work [ROWS × any]: scratch for one node: see the rows below
- trials [one number]: how many lots and nodes may be tried in this call
- halt [1]: 0 until the work is to end
"""

from __future__ import annotations

# numbers about the whole search
LOTS, SUMS, UNIONS, BOUNDS, WORDS, STEPS = 0, 1, 2, 3, 4, 5
EVEN, PLAIN = 6, 7  # whether all waves are alike; whether sums tell all that is needed to see that a lot fits
AFTER, APART, TOUCH, UNION_OF, WEIGHT = 8, 9, 10, 11, 12  # where each table begins in `links`
MOST, REACH, NODES, TURN, FOUND, CUT, TRIALS = 13, 14, 15, 16, 17, 18, 19
NUMBERS = 20
# columns of a lot: amounts after these, then how much of each limit its followers in one wave may take with it, then
# the waves that it may be in
WORTH, FIRST, LAST, CODE, AMOUNT = 0, 1, 2, 3, 4
# columns of a node, the words of its set after them
VALUE, PARENT, DEPTH, CHILD, NEXT, HASH, STATE, SET = 0, 1, 2, 3, 4, 5, 6, 7
WAITING, OPENED, CUT_SHORT, BEATEN = 0, 1, 2, 3  # states of a node
# rows of scratch
TAKEN, NEEDS, QUEUE, PICKED, LENGTH, LEFT, TOUCHED, ROOM, TOTAL, NOW = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
ROWS = 10
# what stands in the row NOW: about the node, and about the load that is being filled
REMAIN, DUE, LEADING, STEP, COUNT, PICKS, WORTHS, CODES, TRIED, CHILDREN = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
COLUMNS = 10
# how a piece of work ended
GOES_ON, FULL, SOLVED, EMPTY, GIVEN_UP = 0, 1, 2, 3, 4
