"""The generators that ours is measured against, one file each.

They do what they can of the same work: pages, a list of articles, topics where they have them, a
feed or sitemap. None of them numbers citations, checks a claim or audits what it wrote.
"""

from bench.peers import eleventy, hugo, mkdocs, nikola, ours, pelican, zensical
from bench.peers.peer import Peer

PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        ours.PEER, pelican.PEER, hugo.PEER, eleventy.PEER, zensical.PEER, mkdocs.PEER, nikola.PEER,
    )
}  # fmt: skip
