"""The contestants, each in a file of its own. All of them answer the same request."""

from . import gunicorn, java_bubblewrap, nginx, ours, ours_api, peer, uvicorn

# In the order of the table; a round goes through them forwards or backwards.
ALL = {
    contestant.name: contestant
    for contestant in (
        nginx.Nginx,
        nginx.NginxProxy,
        gunicorn.Gunicorn,
        uvicorn.Uvicorn,
        java_bubblewrap.JavaBubblewrap,
        peer.Peer,
        ours.Fresh,
        ours.FreshWithRequests,
        ours.FreshWithPandas,
        ours.Landlock,
        ours.Process,
        ours.Turn,
        ours.Reuse,
        ours_api.ApiTest,
        ours_api.ApiTurn,
    )
}
OURS = [name for name in ALL if name.startswith("ours")]
PEERS = [name for name in ALL if name not in OURS]
