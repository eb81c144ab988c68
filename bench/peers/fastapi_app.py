"""The handler behind FastAPI: in the event loop, or in BENCH_THREADS threads if it blocks."""

import os

import anyio
from fastapi import FastAPI, Request, Response
from handler import main
from starlette.concurrency import run_in_threadpool

THREADS = int(os.environ["BENCH_THREADS"])
app = FastAPI()


@app.on_event("startup")
async def size_the_pool():
    if THREADS:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS


@app.post("/")
async def call(request: Request):
    event = {"body": (await request.body()).decode()}
    result = await run_in_threadpool(main, event, None) if THREADS else main(event, None)
    return Response(result["body"], result["statusCode"], result["headers"])
