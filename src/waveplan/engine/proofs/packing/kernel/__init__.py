"""Compiled branch, bound and remember: wave after wave, best first at every depth in turn.

A node is the set of lots in the first waves. It is opened by trying full waves: loads to which no waiting lot can be
added and in which no waiting lot could take the place of a lesser one. A set seen before, after as few waves, is not
opened again. After Sewell and Jacobson (2012) and Morrison, Sewell and Jacobson (2014), here for several limits at
once, each its own in every wave.

`layout` says where everything lies in the arrays.
"""
