//! Types of two states of a package, evaluated so that they can be compared.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chainner_navi::{
    Definition, DefinitionKind, Scope, Type,
    host::{self, Assignment, InputValue, Node, NodeFunction},
    parse_definitions,
};
use serde_json::Value;

use super::pair::{Pair, items};

/// Types that edges of saved chains commonly have; of those that an input takes, one is connected.
const EDGES: &[&str] = &[
    "Image { width: 640, height: 480, channels: 3 }",
    "Image { width: 640, height: 480, channels: 1 }",
    "3",
    "\"text\"",
];

/// The names that types of both states refer to.
#[derive(Debug)]
pub(super) struct Scopes {
    old: Scope,
    new: Scope,
    is_same: bool,
}

/// How the values of a new type stand to those of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same.
    Same,
    /// All of them, and more.
    Wider,
    /// Some of them.
    Narrower,
    /// Others.
    Other,
}

/// A node's types in both states.
#[derive(Debug)]
pub(super) struct NodeTypes {
    old: NodeFunction,
    new: NodeFunction,
}

impl Scopes {
    /// Those of two schemas. A struct that both define is one struct, so that types can be compared.
    pub(super) fn of(schema: Pair<'_>) -> Self {
        let (old, new) = (texts(schema.old), texts(schema.new));
        let is_same = old == new;
        let (old, new) = (definitions(old), definitions(new));
        let known: BTreeSet<&str> = new.iter().map(|definition| &*definition.name.text).collect();
        let gone = old.iter().filter(|definition| !known.contains(&*definition.name.text));
        let both: Vec<Arc<Definition>> = new.iter().chain(gone).cloned().collect();
        let new = defined(&host::scope(), &both);
        let values: Vec<Arc<Definition>> =
            old.into_iter().filter(|definition| !matches!(definition.kind, DefinitionKind::Struct { .. })).collect();
        Self { old: defined(&new, &values), new, is_same }
    }

    /// Whether names stand for what they stood for.
    pub(super) fn is_same(&self) -> bool {
        self.is_same
    }

    /// The types of a node, if those of both states can be evaluated.
    pub(super) fn node(&self, node: Pair<'_>) -> Option<NodeTypes> {
        let load = |json: &Value, scope: &Scope| NodeFunction::load(Node::from_json(json).ok()?, scope).ok();
        Some(NodeTypes { old: load(node.old, &self.old)?, new: load(node.new, &self.new)? })
    }
}

/// The texts of definitions of all nodes.
fn texts(schema: &Value) -> BTreeSet<&str> {
    let inputs = items(&schema["nodes"]).iter().flat_map(|node| items(&node["inputs"]));
    inputs.filter_map(|input| input["typeDefinitions"].as_str()).collect()
}

/// The definitions, one of each name. Those that the app would refuse are left out.
fn definitions(texts: BTreeSet<&str>) -> Vec<Arc<Definition>> {
    let mut names = BTreeSet::new();
    let all = texts.into_iter().filter_map(|text| parse_definitions(text).ok()).flatten();
    all.filter(|definition| {
        !matches!(definition.kind, DefinitionKind::Intrinsic { .. }) && names.insert(definition.name.text.clone())
    })
    .collect()
}

fn defined(scope: &Scope, definitions: &[Arc<Definition>]) -> Scope {
    scope.child().define(definitions).map_or_else(|_| scope.clone(), |builder| builder.build())
}

impl Relation {
    /// Of two types.
    pub(super) fn of(old: &Type, new: &Type) -> Self {
        match (old.is_subset_of(new), new.is_subset_of(old)) {
            (true, true) => Self::Same,
            (true, false) => Self::Wider,
            (false, true) => Self::Narrower,
            (false, false) => Self::Other,
        }
    }
}

impl NodeTypes {
    /// What an input can be connected to, with its converted types.
    pub(super) fn input(&self, old: i64, new: i64) -> Option<(Type, Type)> {
        Some((self.old.convertible(old)?, self.new.convertible(new)?))
    }

    /// What an input is, without its converted types.
    pub(super) fn declared(&self, old: i64, new: i64) -> Option<(Type, Type)> {
        Some((self.old.input(old)?.clone(), self.new.input(new)?.clone()))
    }

    /// What an output gives, whatever is connected to the node.
    pub(super) fn output(&self, old: i64, new: i64) -> Option<(Type, Type)> {
        Some((self.old.output(old)?.clone(), self.new.output(new)?.clone()))
    }

    /// What an output gives once usual types are connected to inputs; `inputs` are the old and new ids of those that both have.
    pub(super) fn connected_output(&self, inputs: &[(i64, i64)], old: i64, new: i64) -> Option<(Type, Type)> {
        let scope = host::scope();
        let edges: Vec<Type> = EDGES.iter().filter_map(|text| scope.evaluate_text(text).ok()).collect();
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        for (from, to) in inputs {
            let (Some(one), Some(other)) = (self.old.convertible(*from), self.new.convertible(*to)) else { continue };
            let taken = |edge: &&Type| host::assign(edge, &one).is_some() && host::assign(edge, &other).is_some();
            if let Some(edge) = edges.iter().find(taken) {
                let edge = || Assignment { value: Some(InputValue::Edge(edge.clone())), sequence: None };
                before.insert(*from, edge());
                after.insert(*to, edge());
            }
        }
        let before = self.old.evaluate(&before).ok()?;
        let after = self.new.evaluate(&after).ok()?;
        Some((before.outputs.get(&old)?.clone(), after.outputs.get(&new)?.clone()))
    }
}

/// The relation of two expressions on their own, if they can be evaluated so.
pub(super) fn plain_relation(expressions: Pair<'_>) -> Option<Relation> {
    let scope = host::scope();
    let of = |json| scope.evaluate(&chainner_navi::Expression::from_json(json).ok()?).ok();
    Some(Relation::of(&of(expressions.old)?, &of(expressions.new)?))
}

/// The type of an input that cannot be left out.
pub(super) fn without_null(of: &Type) -> Type {
    host::scope().evaluate_text("null").map_or_else(|_| of.clone(), |null| of.without(&null))
}
