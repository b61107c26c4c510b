"""From captured flows to proposals: who talks to whom, what of it is noise, what applications depend on.

`directory` knows the servers by their names and addresses, `sorting` gives every flow its fate, `proposing` makes
dependencies, common services, applications and clusters of what is kept, `review_text` writes them for people to
decide, and `applying` puts what they accepted into the inventory.
"""
