"""From an approved issue to the mail server, each reader exactly once, whatever crashes.

`workers` send what is due, each a `worker` that takes turns at the `ledger`: one transaction records what became of the
last message (`recording`) and claims the next, at the `pace` that is set; `retrying` says when one is tried again.
`liveness` knows which workers are alive, `settling` sees to what a crash left open. Mail leaves by `articles.mail`.
"""
