"""The stand-in's worker: the routes that tests drive, over HTTP and server-sent events."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import traceback
from urllib.parse import parse_qs, urlsplit

import api
from logger import logger
from process import OldExecutor
from process_common import POOL, describe, enforce_outputs
from process_new import NewExecutor


def node_json(node, group):
    return {
        "schemaId": node.schema_id,
        "name": node.name,
        "category": group.category.id,
        "nodeGroup": group.id,
        "inputs": [port.to_dict() for port in node.inputs],
        "outputs": [port.to_dict() for port in node.outputs],
        "groupLayout": node.group_layout,
        "iteratorInputs": [sequence.to_dict() for sequence in node.iterable_inputs],
        "iteratorOutputs": [sequence.to_dict() for sequence in node.iterable_outputs],
        "keyInfo": node.key_info.to_dict() if node.key_info else None,
        "suggestions": [suggestion.to_dict() for suggestion in node.suggestions],
        "description": node.description,
        "seeAlso": node.see_also,
        "icon": node.icon,
        "kind": node.kind,
        "hasSideEffects": node.side_effects,
        "deprecated": node.deprecated,
        "features": node.features,
    }


class Server:
    def __init__(self, storage_dir):
        self.storage_dir = storage_dir
        self.ready = asyncio.Event()
        self.events = asyncio.Queue()
        self.executor = None
        self.cache = {}

    async def load(self):
        try:
            importlib.import_module("packages.standin_standard")
            for module, error in api.registry.load_nodes(__file__):
                logger.warning(f"{module}: {error!r}")
        except BaseException:
            logger.exception("the worker never becomes ready")
            raise
        self.ready.set()

    async def get_nodes(self, _query):
        nodes = [node_json(*entry) for entry in api.registry.nodes.values()]
        categories = [category.to_dict() for category in api.registry.categories]
        return 200, {"nodes": nodes, "categories": categories, "categoriesMissingNodes": []}

    async def get_packages(self, _query):
        return 200, [package.to_dict() for package in api.registry.packages.values()]

    async def get_features(self, _query):
        states = []
        for package in api.registry.packages.values():
            for feature in package.features:
                if feature.check is not None:
                    state = await feature.check()
                    ids = {"packageId": package.id, "featureId": feature.id}
                    states.append({**ids, "enabled": state.is_enabled, "details": state.details})
        return 200, states

    async def get_status(self, _query):
        running = "paused" if self.executor and self.executor.paused else "running"
        return 200, {"executor": running if self.executor else "ready"}

    async def post_run(self, body):
        if self.executor is not None:
            return 500, {"type": "already-running", "message": "already running"}
        kind = NewExecutor if body["useExperimentalFeatures"] else OldExecutor
        self.executor = kind(
            api.registry, body["data"], self.events, body["sendBroadcastData"], self.cache, body["options"], self.storage_dir
        )
        try:
            await self.executor.run()
        except Exception as error:
            fault = {"message": "Error running nodes!", "exception": str(error), "source": getattr(error, "source", None)}
            self.events.put_nowait(("execution-error", {**fault, "exceptionTrace": traceback.format_exc()}))
            return 500, {"type": "error", **fault}
        finally:
            self.executor = None
        return 200, {"type": "success"}

    async def post_run_individual(self, body):
        node, _ = api.registry.nodes[body["schemaId"]]
        try:
            assert node.kind not in ("collector", "transformer")
            item = {"id": body["id"], "schemaId": body["schemaId"], "nodeType": node.kind, "inputs": []}
            kind = NewExecutor if body.get("useExperimentalFeatures") else OldExecutor
            quiet = asyncio.Queue()
            preview = kind(api.registry, [], quiet, False, None, body["options"], self.storage_dir)
            preview.chain[body["id"]] = item
            returned = await preview.call(body["id"], body["inputs"])
            if node.kind == "generator":
                preview.take_generator(body["id"], returned)
                await asyncio.sleep(0)
                self.events.put_nowait(await quiet.get())
                return 200, {"success": True, "data": None}
            loop = asyncio.get_running_loop()
            outputs = enforce_outputs(node, returned)
            data, types = await loop.run_in_executor(POOL, describe, node, outputs)
        except Exception as error:
            return 200, {"success": False, "error": str(error)}
        self.cache[body["id"]] = outputs
        if node.outputs:
            self.events.put_nowait(
                ("node-broadcast", {"nodeId": body["id"], "data": data, "types": types, "sequenceTypes": None})
            )
        return 200, {"success": True, "data": None}

    async def post_clear_cache_individual(self, body):
        self.cache.pop(body["id"], None)
        return 200, {"success": True, "data": None}

    async def post_pause(self, _body):
        return self.control(paused=True)

    async def post_resume(self, _body):
        return self.control(paused=False)

    async def post_kill(self, _body):
        return self.control(killed=True)

    def control(self, **state):
        if self.executor is None:
            return 400, {"type": "no-executor"}
        for name, value in state.items():
            setattr(self.executor, name, value)
        return 200, {"type": "success"}

    async def serve(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, target, _ = head.split(" ", 2)
            length = next((int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:")), 0)
            body = json.loads(await reader.readexactly(length) or b"null")
            url = urlsplit(target)
            if url.path == "/sse":
                await self.stream(writer)
                return
            if url.path == "/health":
                status, answer = 200, {"status": "ok"}
            else:
                await self.ready.wait()
                route = getattr(self, f"{method.lower()}{url.path.replace('/', '_').replace('-', '_')}")
                status, answer = await route(body if method == "POST" else parse_qs(url.query))
            text = json.dumps(answer, allow_nan=False).encode()
            writer.write(f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n".encode())
            writer.write(text)
            await writer.drain()
        except Exception:
            logger.exception("a request ended without an answer")
        finally:
            writer.close()

    async def stream(self, writer):
        writer.write(b"HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\n")
        while True:
            event, data = await self.events.get()
            # Whatever is not JSON ends the stream, as it does in the app.
            writer.write(f"event: {event}\ndata: {json.dumps(data, allow_nan=False)}\n\n".encode())
            await writer.drain()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--storage-dir")
    parser.add_argument("--logs-dir")
    options = parser.parse_args()
    server = Server(options.storage_dir)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", options.port)
    loading = asyncio.ensure_future(server.load())
    async with listening:
        await listening.serve_forever()
    await loading


if __name__ == "__main__":
    asyncio.run(main())
