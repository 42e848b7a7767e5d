//! Whether a decoded ONNX file is a lean model: its facts, its shapes, and a graph of a few plain operators.
//!
//! Runs nothing. Invariant: what passes is a chain of matrices in which every name is known before it is used and
//! every shape fits, with all its numbers inside the file, so that the runtime meets nothing it could trip over.

use std::collections::BTreeMap;

use tract_onnx::pb::{
    AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto,
    attribute_proto::AttributeType, tensor_proto::DataType,
    tensor_shape_proto::dimension::Value as Dimension, type_proto::Value as Type,
};

use super::ModelError;
use crate::lean::{
    features::{LENGTH, SCHEMA},
    reading::LeanClass,
};

/// Most operators and most numbers of a graph; ours has sixteen and two thousand.
const MOST_NODES: usize = 64;
const MOST_NUMBERS: usize = 32 * 1024;
/// Operator sets whose meaning of these operators is the same and known to the runtime.
const OPERATOR_SETS: core::ops::RangeInclusive<i64> = 13..=18;

/// What a lean model says of itself.
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) reach: Reach,
}

/// The least and the greatest of each feature the network was trained on: beyond them it has seen nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reach([[f32; 2]; LENGTH]);

impl Reach {
    pub(super) fn holds(&self, features: &[f32; LENGTH]) -> bool {
        let pairs = self.0.iter().zip(features);
        pairs
            .into_iter()
            .all(|([least, greatest], feature)| (least..=greatest).contains(&feature))
    }

    /// `least:greatest` for each feature, blanks between.
    fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<f32>().ok().filter(|number| number.is_finite());
        let pair = |text: &str| {
            let (least, greatest) = text.split_once(':')?;
            Some([number(least)?, number(greatest)?])
        };
        let pairs: Option<Vec<[f32; 2]>> = text.split(' ').map(pair).collect();
        Some(Self(pairs?.try_into().ok()?))
    }
}

type Shape = Vec<usize>;

/// Refuses what is no lean model. Names of operators are cleared: nothing refers to them.
pub(super) fn check(proto: &mut ModelProto) -> Result<Facts, ModelError> {
    let fact = |key: &'static str| {
        let entry = proto.metadata_props.iter().find(|entry| entry.key == key);
        entry
            .map(|entry| entry.value.clone())
            .ok_or(ModelError::NoFact(key))
    };
    let schema = fact("schema")?;
    if schema != SCHEMA.to_string() {
        return Err(ModelError::Schema {
            found: schema.chars().take(20).collect(),
            known: SCHEMA,
        });
    }
    if fact("classes")? != LeanClass::ALL.map(LeanClass::name).join(" ") {
        return Err(ModelError::NoFact("classes"));
    }
    let name = fact("name")?;
    if name.is_empty() || name.len() > 40 {
        return Err(ModelError::NoFact("name"));
    }
    let reach = Reach::parse(&fact("reach")?).ok_or(ModelError::NoFact("reach"))?;
    let sets: Vec<i64> = proto.opset_import.iter().map(|set| set.version).collect();
    if !matches!(sets[..], [version] if OPERATOR_SETS.contains(&version)) {
        return Err(ModelError::Graph(format!("its operator sets are {sets:?}")));
    }
    let graph = proto.graph.as_mut().ok_or_else(|| refused("there is none"))?;
    check_graph(graph)?;
    graph.node.iter_mut().for_each(|node| node.name.clear());
    Ok(Facts { name, reach })
}

fn refused(why: &str) -> ModelError {
    ModelError::Graph(why.to_owned())
}

fn check_graph(graph: &GraphProto) -> Result<(), ModelError> {
    let input = one_value("input", &graph.input, LENGTH)?;
    let output = one_value("output", &graph.output, LeanClass::ALL.len())?;
    if graph.node.len() > MOST_NODES || !graph.sparse_initializer.is_empty() {
        return Err(refused("it holds too much"));
    }
    let mut shapes: BTreeMap<&str, Shape> = BTreeMap::from([(input, vec![1, LENGTH])]);
    let mut numbers = 0;
    for tensor in &graph.initializer {
        let shape = constant_shape(tensor)?;
        numbers += shape.iter().product::<usize>();
        insert(&mut shapes, &tensor.name, shape)?;
    }
    if numbers > MOST_NUMBERS {
        return Err(refused("it holds too many numbers"));
    }
    for node in &graph.node {
        let [name] = &node.output[..] else {
            return Err(refused("an operator does not have one result"));
        };
        let shape = result_shape(node, &shapes)
            .ok_or_else(|| ModelError::Graph(format!("`{}` cannot be used here", short(&node.op_type))))?;
        insert(&mut shapes, name, shape)?;
    }
    let made = graph
        .node
        .iter()
        .any(|node| node.output.iter().any(|name| name == output));
    if made
        && shapes
            .get(output)
            .is_some_and(|shape| *shape == [1, LeanClass::ALL.len()])
    {
        Ok(())
    } else {
        Err(ModelError::Shape("output is not what its graph gives".to_owned()))
    }
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}

fn insert<'a>(shapes: &mut BTreeMap<&'a str, Shape>, name: &'a str, shape: Shape) -> Result<(), ModelError> {
    if name.is_empty() || shapes.insert(name, shape).is_some() {
        return Err(refused("a name is missing or given twice"));
    }
    Ok(())
}

/// The name of the only input or output, one row of `width` numbers.
fn one_value<'a>(what: &str, values: &'a [ValueInfoProto], width: usize) -> Result<&'a str, ModelError> {
    let [value] = values else {
        return Err(ModelError::Shape(format!(
            "{what}s are {}, not one",
            values.len()
        )));
    };
    let Some(Type::TensorType(tensor)) = value.r#type.as_ref().and_then(|r#type| r#type.value.as_ref())
    else {
        return Err(ModelError::Shape(format!("{what} is no tensor")));
    };
    let dimension = |value: &Option<Dimension>| match value {
        Some(Dimension::DimValue(size)) => usize::try_from(*size).ok(),
        _ => None,
    };
    let shape: Option<Shape> = tensor
        .shape
        .as_ref()
        .and_then(|shape| shape.dim.iter().map(|size| dimension(&size.value)).collect());
    if tensor.elem_type == DataType::Float as i32 && shape.as_deref() == Some(&[1, width]) {
        Ok(&value.name)
    } else {
        Err(ModelError::Shape(format!(
            "{what} is {shape:?}, not 1 by {width} floats"
        )))
    }
}

/// Floats inside the file, as many as the shape says, of one or two dimensions.
fn constant_shape(tensor: &TensorProto) -> Result<Shape, ModelError> {
    let shape: Option<Shape> = tensor
        .dims
        .iter()
        .map(|size| usize::try_from(*size).ok())
        .collect();
    let shape = shape.filter(|shape| {
        matches!(shape.len(), 1 | 2) && shape.iter().all(|size| (1..=MOST_NUMBERS).contains(size))
    });
    let shape = shape.ok_or_else(|| refused("a constant has no usable shape"))?;
    let bytes = 4 * shape.iter().product::<usize>();
    let inside =
        tensor.data_location.unwrap_or(0) == 0 && tensor.external_data.is_empty() && tensor.segment.is_none();
    let plain = tensor.float_data.is_empty() && tensor.raw_data.len() == bytes;
    if tensor.data_type != DataType::Float as i32 || !inside || !plain {
        return Err(refused("a constant is not made of floats in this file"));
    }
    Ok(shape)
}

/// The shape of an operator's result; `None` for any other operator and for shapes that do not fit.
fn result_shape(node: &NodeProto, shapes: &BTreeMap<&str, Shape>) -> Option<Shape> {
    let inputs: Option<Vec<&[usize]>> = node
        .input
        .iter()
        .map(|name| shapes.get(&**name).map(Vec::as_slice))
        .collect();
    let softmax = node.op_type == "Softmax" && over_the_classes(node);
    if !(node.domain.is_empty() && (softmax || node.attribute.is_empty())) {
        return None;
    }
    match (node.op_type.as_str(), inputs?.as_slice()) {
        ("Relu" | "Tanh" | "Softmax", [matrix]) if matrix.len() == 2 => Some(matrix.to_vec()),
        ("MatMul", [a, b]) => product(a, b),
        ("Gemm", [a, b, bias]) => {
            product(a, b).filter(|shape| shape.last() == bias.first() && bias.len() == 1)
        }
        ("Add" | "Mul", [a, b]) if a.len() == 2 && b.len() == 2 => {
            a.iter().zip(*b).map(|(a, b)| broadcast(*a, *b)).collect()
        }
        _ => None,
    }
}

/// The only setting there may be: over the second of two dimensions.
fn over_the_classes(node: &NodeProto) -> bool {
    let over = |axis: &AttributeProto| {
        axis.name == "axis"
            && axis.r#type == AttributeType::Int as i32
            && axis.i == 1
            && axis.ref_attr_name.is_empty()
    };
    matches!(node.attribute.as_slice(), [axis] if over(axis))
}

fn product(a: &[usize], b: &[usize]) -> Option<Shape> {
    match (a, b) {
        ([rows, inner], [inner_too, columns]) if inner == inner_too => Some(vec![*rows, *columns]),
        _ => None,
    }
}

fn broadcast(a: usize, b: usize) -> Option<usize> {
    (a == b || a == 1 || b == 1).then_some(a.max(b))
}
