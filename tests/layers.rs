//! The dependency rule of the core, read from its sources.
//!
//! Does not judge what a module does, only what it names. Invariant: every module of the core has a place here.

use std::{collections::BTreeSet, fs, path::Path};

use syn::visit::Visit;

use crate::support::sources::{checkout, rust_files};

/// The order of the pure modules; each may use only those to its left.
const ORDER: [&str; 10] = [
    "statistics",
    "units",
    "pod",
    "body",
    "gait",
    "lean",
    "drill",
    "cause",
    "session",
    "view",
];

/// What `module` may use besides itself, or `None` when it has no place in the rule.
fn may_use(module: &str) -> Option<Vec<&'static str>> {
    let left_of = |name: &str| {
        let place = ORDER.iter().position(|known| *known == name)?;
        Some(ORDER[..place].to_vec())
    };
    let with = |mut modules: Vec<&'static str>, more: &[&'static str]| {
        modules.extend_from_slice(more);
        modules
    };
    match module {
        // The word home renders what the stages up to `cause` decided; only `session` and `view` speak.
        "words" => left_of("session"),
        "session" | "view" => Some(with(left_of(module)?, &["words"])),
        // What the outside must do is said in terms of sessions.
        "ports" => Some(with(left_of("session")?, &["session"])),
        // A body with pods on it knows nothing of what is made of its motion; its truth names steps as `gait` does.
        "sim" => Some(vec!["units", "pod", "body", "gait"]),
        "io" => Some(with(ORDER.to_vec(), &["words", "ports", "sim"])),
        _ => left_of(module),
    }
}

/// Every use of one module of the core by another that the rule forbids, one line each.
fn violations(module_path: &[&str], source: &str) -> Result<Vec<String>, syn::Error> {
    let Some(own) = module_path.first() else {
        return Ok(Vec::new());
    };
    let Some(mut allowed) = may_use(own) else {
        return Ok(vec![format!("`{own}` has no place in the order")]);
    };
    allowed.push(own);
    let mut names = Names {
        here: module_path.iter().map(ToString::to_string).collect(),
        // A module of tests in a file of its own carries no `#[cfg(test)]` inside.
        in_tests: module_path.contains(&"tests"),
        found: BTreeSet::new(),
    };
    names.visit_file(&syn::parse_file(source)?);
    Ok(names
        .found
        .into_iter()
        // Tests beside the code may feed a stage from the synthetic runner.
        .filter(|used| !(allowed.contains(&used.module.as_str()) || used.in_tests && used.module == "sim"))
        .map(|used| format!("`{}` uses `{}`", module_path.join("::"), used.module))
        .collect())
}

/// One module of the core named somewhere.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Used {
    module: String,
    in_tests: bool,
}

/// Collects the modules of the core that a file names, by whatever kind of path.
struct Names {
    /// The module the visitor stands in.
    here: Vec<String>,
    in_tests: bool,
    found: BTreeSet<Used>,
}

impl Names {
    /// Notes what `path` names when it leads through the crate's root.
    fn note(&mut self, path: &[String]) {
        let mut absolute = match path.first().map(String::as_str) {
            Some("crate" | "plumbline_core") => Vec::new(),
            Some("super" | "self") => self.here.clone(),
            _ => return,
        };
        for segment in path {
            match segment.as_str() {
                "crate" | "plumbline_core" | "self" => {}
                "super" => {
                    absolute.pop();
                }
                name => absolute.push(name.to_string()),
            }
        }
        // `use crate::*` and `use crate as c` could name anything.
        let module = absolute
            .into_iter()
            .next()
            .unwrap_or_else(|| "the whole crate".to_string());
        self.found.insert(Used {
            module,
            in_tests: self.in_tests,
        });
    }

    fn note_tree(&mut self, prefix: &[String], tree: &syn::UseTree) {
        let joined = |name: String| [prefix, &[name]].concat();
        match tree {
            syn::UseTree::Path(path) => self.note_tree(&joined(path.ident.to_string()), &path.tree),
            syn::UseTree::Name(name) => self.note(&joined(name.ident.to_string())),
            syn::UseTree::Rename(rename) => self.note(&joined(rename.ident.to_string())),
            syn::UseTree::Glob(_) => self.note(prefix),
            syn::UseTree::Group(group) => {
                for item in &group.items {
                    self.note_tree(prefix, item);
                }
            }
        }
    }
}

/// Whether an item is built only for tests.
fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|condition| condition.is_ident("test"))
    })
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let outer = self.in_tests;
        self.in_tests |= is_test_only(&item.attrs);
        self.here.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.here.pop();
        self.in_tests = outer;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let outer = self.in_tests;
        self.in_tests |= is_test_only(&item.attrs);
        self.note_tree(&[], &item.tree);
        self.in_tests = outer;
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let segments: Vec<String> = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            self.note(&segments);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        // What a macro makes of its tokens is not known here, so every path among them counts.
        let text = invocation.tokens.to_string();
        let mut path: Vec<String> = Vec::new();
        let mut joined = false;
        for token in text.split_whitespace() {
            let is_name = token
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '_');
            if token == "::" {
                joined = true;
            } else if is_name && joined && !path.is_empty() {
                path.push(token.to_string());
                joined = false;
            } else {
                self.note_if_path(&path);
                path = if is_name {
                    vec![token.to_string()]
                } else {
                    Vec::new()
                };
                joined = false;
            }
        }
        self.note_if_path(&path);
        syn::visit::visit_macro(self, invocation);
    }
}

impl Names {
    fn note_if_path(&mut self, path: &[String]) {
        if path.len() > 1 {
            self.note(path);
        }
    }
}

/// `pod/clock.rs` is `pod::clock`, `pod/mod.rs` is `pod`, `lib.rs` is the root.
fn module_path(file: &Path) -> Vec<String> {
    let mut parts: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

#[test]
fn no_module_of_the_core_uses_one_to_its_right() {
    let sources = checkout().join("core/src");
    let files = rust_files(&sources);
    assert!(
        files.len() > ORDER.len(),
        "the sources of the core are not where they were"
    );
    let mut found = Vec::new();
    for file in files {
        let module = module_path(
            file.strip_prefix(&sources)
                .expect("the file lies below the sources"),
        );
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        let source = fs::read_to_string(&file).expect("a source file is text");
        found.extend(violations(&module, &source).expect("a source file parses"));
    }
    assert!(
        found.is_empty(),
        "the dependency rule is broken:\n{}",
        found.join("\n")
    );
}

mod the_checker {
    use super::{may_use, module_path, violations};

    fn check(module: &[&str], source: &str) -> Vec<String> {
        violations(module, source).expect("the snippet parses")
    }

    #[test]
    fn sees_a_module_to_the_right_in_a_nested_use_tree() {
        let source = "use crate::{units::Timestamp, lean::{band::OwnReference, model::LeanModel}};";
        assert_eq!(check(&["body", "mount"], source), ["`body::mount` uses `lean`"]);
    }

    #[test]
    fn sees_a_path_written_inline() {
        let source = "fn f(x: &crate::drill::DrillId) { crate::cause::rank(x) }";
        assert_eq!(
            check(&["lean"], source),
            ["`lean` uses `cause`", "`lean` uses `drill`"]
        );
    }

    #[test]
    fn sees_a_way_through_the_parent_modules() {
        assert_eq!(
            check(&["pod", "clock"], "use super::super::view;"),
            ["`pod::clock` uses `view`"]
        );
        assert_eq!(
            check(
                &["pod", "clock"],
                "mod inner { use super::super::frame::PodFrame; }"
            ),
            [""; 0]
        );
    }

    #[test]
    fn sees_a_path_inside_a_macro() {
        let source = "fn f() { assert!(crate::io::now() > 0, \"{}\", crate::units::GRAVITY); }";
        assert_eq!(check(&["gait"], source), ["`gait` uses `io`"]);
    }

    #[test]
    fn refuses_names_that_hide_where_they_lead() {
        for source in [
            "use crate::*;",
            "use crate::{self as everything};",
            "use super::super::*;",
        ] {
            assert_eq!(
                check(&["gait", "step"], source),
                ["`gait::step` uses `the whole crate`"],
                "{source}"
            );
        }
    }

    #[test]
    fn lets_tests_alone_use_the_synthetic_runner() {
        let in_tests = "#[cfg(test)] mod tests { use crate::sim::Scenario; }";
        assert_eq!(check(&["gait"], in_tests), [""; 0]);
        assert_eq!(check(&["gait", "tests"], "use crate::sim::Scenario;"), [""; 0]);
        assert_eq!(
            check(&["gait"], "use crate::sim::Scenario;"),
            ["`gait` uses `sim`"]
        );
        let in_a_file_of_their_own = violations(&["gait", "tests"], "use crate::sim::Scenario;");
        assert_eq!(in_a_file_of_their_own.expect("the snippet parses"), [""; 0]);
        let too_far = "#[cfg(test)] mod tests { use crate::session::coach::Coach; }";
        assert_eq!(check(&["gait"], too_far), ["`gait` uses `session`"]);
    }

    #[test]
    fn lets_every_module_use_what_stands_to_its_left() {
        let source = "use crate::{lean::reading::LeanReading, words::Language, units::Timestamp};";
        assert_eq!(check(&["session", "coach"], source), [""; 0]);
        assert_eq!(
            check(&["drill"], "use crate::words::Language;"),
            ["`drill` uses `words`"]
        );
        assert_eq!(check(&["view"], "use crate::io::sqlite;"), ["`view` uses `io`"]);
    }

    #[test]
    fn knows_no_module_without_a_place() {
        assert!(may_use("helpers").is_none());
        assert_eq!(check(&["helpers"], ""), ["`helpers` has no place in the order"]);
    }

    #[test]
    fn names_a_file_as_the_compiler_does() {
        let name = |file: &str| module_path(std::path::Path::new(file)).join("::");
        assert_eq!(name("pod/clock.rs"), "pod::clock");
        assert_eq!(name("pod/mod.rs"), "pod");
        assert_eq!(name("lib.rs"), "");
    }
}
