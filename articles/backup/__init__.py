"""The running site kept as it is at one moment, and brought back: a restored copy sends nothing until a person says so.

`making` writes a backup, `store` and `manifest` say how it lies on the disk, `engines` speak SQLite and PostgreSQL;
`restoring` brings one back, `replay` applies what the journal knows since, `answering` is the person's word.
"""
