//! What crosses to Swift and Kotlin, read from the sources, and that both contracts try the same of it.
//!
//! Calls nothing. Invariant: each rule here is one a person reviewing the surface would otherwise have to remember.
#![allow(
    clippy::disallowed_methods,
    reason = "these tests read the project's own sources"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use syn::{Field, Fields, ImplItemFn, ItemEnum, ItemStruct, TraitItemFn, Type, visit::Visit};

/// Endings that name a unit; what follows a unit (`_ci90`, a list of what it applies to) comes before it.
const UNITS: [&str; 9] = [
    "_deg",
    "_deg_per_10_min",
    "_hz",
    "_mm",
    "_ms",
    "_s",
    "_spm",
    "_us",
    "seconds",
];
/// Numbers that have no unit of their own: shares of 1, and the parts of a value whose field names the unit.
const NO_UNIT: [&str; 6] = [
    "high",
    "low",
    "mean",
    "mid_stance_timing",
    "missing",
    "probability",
];
/// More kinds of error than this and a shell stops telling them apart.
const MOST_ERRORS: usize = 6;
const CALLS: [&str; 10] = [
    "create",
    "observe",
    "calibrate",
    "start drill",
    "finish",
    "report",
    "list",
    "delete",
    "suspend",
    "error",
];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the sources of the bindings declare.
#[derive(Default)]
struct Surface {
    /// `record.field` and the words of its type.
    fields: Vec<(String, BTreeSet<String>)>,
    objects: BTreeSet<String>,
    errors: Vec<(String, usize)>,
    asynchronous: Vec<String>,
}

impl Surface {
    fn read() -> Self {
        let mut surface = Self::default();
        for entry in fs::read_dir(project().join("bindings/src")).expect("the sources") {
            let path = entry.expect("a source").path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                surface.visit_file(&syn::parse_file(&read(&path)).expect("Rust"));
            }
        }
        surface
    }

    fn note(&mut self, owner: &str, fields: &Fields) {
        for field in fields {
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            self.fields.push((format!("{owner}.{name}"), words_of(field)));
        }
    }
}

impl<'ast> Visit<'ast> for Surface {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        let name = item.ident.to_string();
        if is_marked(&item.attrs, "Object") {
            self.objects.insert(name);
        } else if is_marked(&item.attrs, "Record") {
            self.note(&name, &item.fields);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        let name = item.ident.to_string();
        if is_marked(&item.attrs, "Error") {
            self.errors.push((name.clone(), item.variants.len()));
        }
        for variant in &item.variants {
            self.note(&format!("{name}.{}", variant.ident), &variant.fields);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if item.sig.asyncness.is_some() {
            self.asynchronous.push(item.sig.ident.to_string());
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if item.sig.asyncness.is_some() {
            self.asynchronous.push(item.sig.ident.to_string());
        }
    }
}

/// Whether UniFFI is told that this is a `kind`, by a derive or for a type of the core.
fn is_marked(attributes: &[syn::Attribute], kind: &str) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => {
            let text: String = list.tokens.to_string().split_whitespace().collect();
            text.contains(&format!("uniffi::{kind}"))
                || (attribute
                    .path()
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "remote")
                    && text == kind)
        }
        _ => false,
    })
}

/// Every name in the field's type: `Vec<Option<f64>>` gives three.
fn words_of(field: &Field) -> BTreeSet<String> {
    struct Words(BTreeSet<String>);
    impl Visit<'_> for Words {
        fn visit_ident(&mut self, ident: &syn::Ident) {
            self.0.insert(ident.to_string());
        }
    }
    let mut words = Words(BTreeSet::new());
    let ty: &Type = &field.ty;
    words.visit_type(ty);
    words.0
}

#[test]
fn a_number_that_crosses_names_its_unit() {
    let surface = Surface::read();
    let numbers: Vec<_> = surface
        .fields
        .iter()
        .filter(|(_, words)| {
            ["f64", "f32", "i64", "Interval", "Estimate"]
                .iter()
                .any(|word| words.contains(*word))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(numbers.len() > 30, "the sources were not understood: {numbers:?}");
    let nameless: Vec<_> = numbers
        .into_iter()
        .filter(|name| {
            let field = name.rsplit('.').next().unwrap_or_default();
            let said = UNITS.iter().any(|unit| field.ends_with(unit)) || NO_UNIT.contains(&field);
            // The interval of an estimate and an axis are in the unit of the field that holds them.
            !said && *name != "Estimate.ci90" && !name.starts_with("Axes.")
        })
        .collect();
    assert_eq!(nameless, [""; 0]);
}

#[test]
fn no_record_holds_an_object_and_no_call_is_asynchronous() {
    let surface = Surface::read();
    assert_eq!(surface.objects, ["Coach", "History"].map(String::from).into());
    for (field, words) in &surface.fields {
        let held: Vec<_> = words.intersection(&surface.objects).collect();
        assert!(held.is_empty(), "{field} holds {held:?}");
    }
    assert_eq!(surface.asynchronous, [""; 0]);
}

#[test]
fn errors_are_few_enough_to_act_on() {
    let errors = Surface::read().errors;
    assert_eq!(errors.len(), 2, "{errors:?}");
    for (name, variants) in errors {
        assert!(variants <= MOST_ERRORS, "{name} has {variants} variants");
    }
}

/// The sentences between `before` and `after`, in the order of the file.
fn sentences(file: &str, before: &str, after: &str) -> Vec<String> {
    let text = read(&project().join(file));
    let named = text.split(before).skip(1);
    named
        .filter_map(|rest| Some(rest.split_once(after)?.0.to_owned()))
        .collect()
}

fn kotlin(file: &str) -> Vec<String> {
    let folder = "android/jvm/contract/src/test/kotlin/plumbline/contract";
    sentences(&format!("{folder}/{file}Test.kt"), "fun `", "`(")
}

fn swift(file: &str) -> Vec<String> {
    sentences(
        &format!("ios/Tests/PlumblineKitTests/{file}Tests.swift"),
        "@Test(\"",
        "\"",
    )
}

#[test]
fn kotlin_and_swift_make_the_same_ten_calls_in_the_same_order() {
    let calls = kotlin("Contract");
    assert_eq!(calls, swift("Contract"));
    assert_eq!(calls.len(), CALLS.len());
    for (sentence, call) in calls.iter().zip(CALLS) {
        assert!(sentence.starts_with(call), "`{sentence}` is not about {call}");
    }
}

#[test]
fn kotlin_and_swift_try_the_same_pods_and_the_same_mischief() {
    for file in ["Pods", "BadInput", "Observer", "Threads"] {
        let tried = kotlin(file);
        assert!(!tried.is_empty());
        assert_eq!(tried, swift(file));
    }
}
