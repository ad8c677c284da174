"""The verifiable draw of experts (办法五（二）：随机指派).

The pool is frozen first; then two parties are bound by hashes to secrets that neither knows of the other; together
the secrets give an order of the pool that anybody can compute again (docs/decisions/0019). No Django here.
"""
