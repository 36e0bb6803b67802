"""From a queue of letters to the mail server, each reader exactly once, whatever crashes.

`outbox` sends what is due, with `worker`s that take turns at the `ledger`: one transaction records what became of the
last letter and claims the next, at the `pace` that is set. `door` is where mail leaves, over `smtp` or a provider;
`answers` judges what the mail server said, `settling` sees to what a crash left open and asks `relays`, of which
`mailgun` is one. Mails to one person that must neither be lost nor doubled (wishes, reports) share `single`.
"""

from articles.newsletter.sending.door import EmlFolder, deliver

__all__ = ["EmlFolder", "deliver"]
