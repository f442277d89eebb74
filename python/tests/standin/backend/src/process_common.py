"""What both executors of the stand-in do alike."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import api
from logger import logger
from progress_controller import Aborted

POOL = ThreadPoolExecutor(max_workers=4)
"""One pool for runs, previews and broadcasts."""


class NodeError(Exception):
    def __init__(self, error, source):
        super().__init__(str(error))
        self.source = source


class Context(api.NodeContext):
    """What a node sees of its run: one for all nodes of a schema id."""

    def __init__(self, executor, settings, storage_dir):
        self._executor = executor
        self._settings = settings
        self._told = 0
        self.storage_dir = Path(storage_dir)
        self.node_id = None

    @property
    def aborted(self):
        return self._executor.killed

    @property
    def paused(self):
        return self._executor.paused

    @property
    def settings(self):
        return api.SettingsParser(self._settings)

    def suspend(self):
        self.check_aborted()
        while self.paused:
            time.sleep(0.1)
            self.check_aborted()

    def set_progress(self, progress):
        self.check_aborted()
        now = time.monotonic()
        if now - self._told >= 0.05:
            self._told = now
            progress = max(0.0, min(1.0, progress))
            self._executor.emit("node-progress", nodeId=self.node_id, progress=progress, index=0, total=0, eta=0)

    def add_cleanup(self, fn, after="chain"):
        assert after in ("node", "chain")
        if after == "chain":
            self._executor.cleanups.add(fn)


def edges(item):
    return [value["id"] for value in item["inputs"] if value["type"] == "edge"]


def positions(sequences, ports, name):
    """Which of the ports are iterated, by their places."""
    ids = {one for sequence in sequences for one in getattr(sequence, name)}
    return [index for index, port in enumerate(ports) if port.id in ids]


class Executor:
    context_class = Context

    def __init__(self, registry, chain, events, broadcast, cache=None, options=None, storage_dir="."):
        self.registry = registry
        self.chain = {item["id"]: item for item in optimise(registry, chain)}
        self.events = events
        self.broadcast = broadcast
        self.results = dict(cache or {})
        self.options = options or {}
        self.storage_dir = storage_dir
        self.contexts = {}
        self.stepped = []
        self.cleanups = set()
        self.completed = set()
        self.fixed = {}
        self.loop = asyncio.get_running_loop()
        self.paused = False
        self.killed = False
        self.tasks = []

    async def run(self):
        self.emit("chain-start", nodes=list(self.chain))
        try:
            for node_id in list(self.chain):
                sources = self.sources(node_id)
                if sources:
                    await self.iterate(min(sources))
                elif self.node(node_id).side_effects or self.takes(node_id):
                    await self.result(node_id)
            for cleanup in self.cleanups:
                cleanup()
        except (asyncio.CancelledError, Aborted):
            pass
        finally:
            await asyncio.gather(*self.tasks)

    async def step(self):
        """Between two nodes is where pause and stop take effect."""
        await asyncio.sleep(0)
        while self.paused and not self.killed:
            await asyncio.sleep(0.01)
        if self.killed:
            raise asyncio.CancelledError

    def node(self, node_id):
        node, _ = self.registry.nodes[self.chain[node_id]["schemaId"]]
        assert self.chain[node_id]["nodeType"] == node.kind
        return node

    def takes(self, node_id):
        """Whether a node takes sequences, and by which of its inputs."""
        node = self.node(node_id)
        return positions(node.iterable_inputs, node.inputs, "inputs")

    def gives(self, node_id):
        node = self.node(node_id)
        return positions(node.iterable_outputs, node.outputs, "outputs")

    def sources(self, node_id):
        """The generators that a node, or a collector's items, come from."""
        found = set()
        for value in self.chain[node_id]["inputs"]:
            if value["type"] == "edge":
                if value["index"] in self.gives(value["id"]):
                    found.add(value["id"])
                elif self.node(value["id"]).kind == "regularNode":
                    found |= self.sources(value["id"])
        return found

    def group(self, source):
        """All generators that are stepped together, because something needs items of several, and what needs them."""
        sources, leaves, size = {source}, [], 0
        while len(sources) + len(leaves) != size:
            size = len(sources) + len(leaves)
            leaves = [one for one in self.chain if self.is_leaf(one) and self.sources(one) & sources]
            sources = sources.union(*map(self.sources, leaves))
        return sorted(sources), leaves

    def is_leaf(self, node_id):
        return bool(self.takes(node_id)) or self.node(node_id).side_effects

    async def values(self, node_id, places=None):
        """The values of the inputs, or of some of them."""
        item = self.chain[node_id]
        count = len(self.node(node_id).inputs)
        assert len(item["inputs"]) <= count, "list index out of range"
        values = []
        for place in range(count) if places is None else places:
            value = item["inputs"][place] if place < len(item["inputs"]) else {"type": "value", "value": None}
            if value["type"] == "edge":
                if self.takes(value["id"]) and value["id"] not in self.completed:
                    await self.iterate(min(self.sources(value["id"])))
                values.append((await self.result(value["id"]))[value["index"]])
            else:
                values.append(value["value"])
        return values

    def arguments(self, node_id, values):
        """The values, behind the context if the node wants it."""
        node = self.node(node_id)
        if not node.node_context:
            return values
        if node.schema_id not in self.contexts:
            package = self.registry.nodes[node.schema_id][1].category.package.id
            self.contexts[node.schema_id] = self.context_class(self, self.options.get(package, {}), self.storage_dir)
        context = self.contexts[node.schema_id]
        context.node_id = node_id
        return [context, *values]

    async def iterate(self, source):
        """Runs all that is stepped together with a generator, once."""
        if source in self.completed:
            return
        sources, leaves = self.group(source)
        self.completed |= {*sources, *leaves}
        iterated = {one for one in self.chain if self.sources(one) & set(sources) and one not in sources}
        made = {one: await self.start_generator(one) for one in sources}
        self.check_lengths(list(made.values()))
        iterators = {one: iter(generator.supplier()) for one, generator in made.items()}
        collectors, lists, errors, index = {}, {one: [] for one in leaves}, [], 0
        self.stepped.append((iterators, collectors))  # and contexts have this executor: nothing of it goes until all of it can
        while True:
            await self.step()
            try:
                # On the event loop, as in the app.
                items = {one: next(iterator) for one, iterator in iterators.items()}
            except StopIteration:
                break
            except Aborted:
                raise
            except Exception as error:
                raise NodeError(error, None) from error
            if self.skips(items, made, errors):
                continue
            for one, item in items.items():
                self.results[one] = self.enforced_items(one, item)
            for one in iterated - set(leaves):
                self.results.pop(one, None)
            for one in leaves:
                places = self.takes(one)
                if not places:
                    self.results.pop(one, None)
                    await self.result(one)
                    continue
                values = await self.values(one, places)
                if self.node(one).kind == "transformer":
                    lists[one].append(values)
                    continue
                if one not in collectors:
                    collectors[one] = await self.start_collector(one, values)
                ports = [self.node(one).inputs[place] for place in places]
                enforced = [port.enforce_(value) for port, value in zip(ports, values, strict=True)]
                try:
                    assert collectors[one].on_iterate(enforced[0] if len(enforced) == 1 else tuple(enforced)) is None
                except Aborted:
                    raise
                except Exception as error:
                    raise NodeError(error, None) from error
            index += 1
            for one, generator in made.items():
                total = generator.expected_length or index
                self.emit("node-progress", nodeId=one, progress=index / max(index, total), index=index, total=total, eta=0)
        await self.end(leaves, collectors, lists, errors)

    async def end(self, leaves, collectors, lists, errors):
        for one in leaves:
            kind = self.node(one).kind
            if kind == "transformer":
                await self.transform(one, lists[one])
            elif kind == "collector":
                collector = collectors.get(one) or await self.start_collector(one, None)
                start = time.time()
                try:
                    outputs = enforce_outputs(self.node(one), collector.on_complete())
                except Aborted:
                    raise
                except Exception as error:
                    raise NodeError(error, None) from error
                await self.finish(one, outputs, start)
        if errors:
            raise NodeError("Errors occurred during iteration:\n" + "\n".join(f"- {error}" for error in errors), None)

    async def start_generator(self, node_id):
        self.emit("node-start", nodeId=node_id)
        if node_id in self.results:
            made = self.results[node_id]  # a transformer that has its items
        else:
            made = await self.call(node_id, await self.values(node_id))
        return self.take_generator(node_id, made)

    def take_generator(self, node_id, made):
        """The sequence and the other outputs of what a generator or transformer has returned."""
        node, places = self.node(node_id), self.gives(node_id)
        generator, *fixed = made if isinstance(made, (tuple, list)) else (made,)
        assert isinstance(generator, (api.Generator, api.Transformer))
        rest = [place for place in range(len(node.outputs)) if place not in places]
        assert len(fixed) == len(rest)
        self.fixed[node_id] = {place: node.outputs[place].enforce(value) for place, value in zip(rest, fixed, strict=True)}
        sequence = node.iterable_outputs[0]
        types = sequence.get_broadcast_item_types(generator)
        for place, value in self.fixed[node_id].items():
            types[node.outputs[place].id] = node.outputs[place].get_broadcast_type(value)
        types = {str(key): value for key, value in types.items()}
        lengths = {str(sequence.id): sequence.get_broadcast_sequence_type(generator)}
        self.emit(
            "node-broadcast",
            nodeId=node_id,
            data={},
            types={str(key): value for key, value in types.items()},
            sequenceTypes=lengths,
        )
        return generator

    def enforced_items(self, node_id, item):
        node, places = self.node(node_id), self.gives(node_id)
        items = [item] if len(places) == 1 else list(item)
        assert len(items) == len(places)
        outputs = dict(self.fixed[node_id])
        for place, value in zip(places, items, strict=True):
            outputs[place] = node.outputs[place].enforce(value)
        return [outputs[place] for place in range(len(node.outputs))]

    async def start_collector(self, node_id, first):
        self.emit("node-start", nodeId=node_id)
        firsts = iter(self.stand_ins(node_id, first))
        collector = await self.call(node_id, await self.values_around(node_id, firsts))
        assert isinstance(collector, api.Collector)
        return collector

    async def values_around(self, node_id, iterated):
        """The values of all inputs, those of the iterated ones being given."""
        places, count = self.takes(node_id), len(self.node(node_id).inputs)
        others = iter(await self.values(node_id, [place for place in range(count) if place not in places]))
        return [next(iterated) if place in places else next(others) for place in range(count)]

    async def finish(self, node_id, outputs, start):
        self.results[node_id] = outputs
        node = self.node(node_id)
        if self.broadcast and node.outputs:
            self.tasks.append(asyncio.ensure_future(self.tell(node_id, node, outputs)))
        self.emit("node-finish", nodeId=node_id, executionTime=time.time() - start)

    async def tell(self, node_id, node, outputs):
        try:
            data, types = await asyncio.get_running_loop().run_in_executor(POOL, describe, node, outputs)
        except Exception:
            logger.exception("a broadcast was dropped")
            return
        self.emit("node-broadcast", nodeId=node_id, data=data, types=types, sequenceTypes={})

    def emit(self, event, **data):
        self.loop.call_soon_threadsafe(self.events.put_nowait, (event, data))


def describe(node, outputs):
    pairs = list(zip(node.outputs, outputs, strict=True))
    return (
        {str(output.id): output.get_broadcast_data(value) for output, value in pairs},
        {str(output.id): output.get_broadcast_type(value) for output, value in pairs},
    )


def enforce_outputs(node, returned):
    if not node.outputs:
        assert returned is None
        return []
    values = [returned] if len(node.outputs) == 1 else list(returned)
    assert len(values) == len(node.outputs)
    return [output.enforce(value) for output, value in zip(node.outputs, values, strict=True)]


def source_of(item, node, values):
    inputs = {str(port.id): port.get_error_value(value) for port, value in zip(node.inputs, values, strict=True)}
    return {"nodeId": item["id"], "schemaId": item["schemaId"], "inputs": inputs}


def optimise(registry, chain):
    """Takes out, until none is left, nodes that nobody reads and that have no side effects."""
    chain = list(chain)
    while True:
        read = {node_id for item in chain for node_id in edges(item)}
        kept = [item for item in chain if item["id"] in read or registry.nodes[item["schemaId"]][0].side_effects]
        if len(kept) == len(chain):
            return chain
        chain = kept
