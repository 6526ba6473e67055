import threading, time
import pytest
from maps.live import Feed
from tests.journals import leading, running, read_all
from tests.ground.cast import CHEN_JING
from tests.ground.databases import on_postgresql

@on_postgresql
def test_race(door, mapped):
    desk = door.signed_in(CHEN_JING)
    missed = 0
    with leading(mapped):
        for turn in range(40):
            over = threading.Event()
            with mapped.read() as s:
                pass
            start = read_all(mapped)[-1].position
            feed = Feed(mapped, 4)
            def write():
                while not over.is_set():
                    door.report()
            with running(write):
                stream = feed.open(start, desk.authorization)
                seen=[]
                t0=time.monotonic()
                import json
                for text in stream:
                    if text.startswith("id:"):
                        seen.append(int(text.split("\n")[0][4:]))
                    if time.monotonic()-t0>1.0 and seen: break
                over.set()
            stream.close()
            want=[r.position for r in read_all(mapped) if r.kind.startswith("order.") and start<r.position<=seen[-1]]
            if want!=seen: missed+=1; print(turn, sorted(set(want)-set(seen)), len(seen)-len(set(seen)))
    print("missed in", missed)
    assert missed==0
