//! The library's public functions.

use std::collections::BTreeSet;
use std::fmt;

use rustdoc_types::{Crate, GenericArg, GenericArgs, Impl, Item, ItemEnum, Path, Trait, Type};

use super::super::super::rustdoc;
use crate::outcome::Failure;
use crate::project::Project;

/// A function with a body that a user can call.
pub(super) struct Function {
    /// As `symbol::short` writes it; a function that a trait provides is one of `_`.
    pub(super) name: String,
    place: String,
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}  ({})", self.name, self.place)
    }
}

impl Function {
    /// Whether it is one of these symbols.
    pub(super) fn is_among(&self, symbols: &BTreeSet<String>) -> bool {
        match self.name.strip_prefix("<_") {
            Some(of_any_type) => symbols.iter().any(|symbol| symbol.ends_with(of_any_type)),
            None => symbols.contains(&self.name),
        }
    }
}

/// Asks rustdoc. Items that documentation hides count: macros call them.
pub(super) fn list(project: &Project, features: &[&str]) -> Result<Vec<Function>, Failure> {
    let json = rustdoc::json(project, features, &["--document-hidden-items"])?;
    let library: Crate = serde_json::from_str(&rustdoc::read(&json)?)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", json.display())))?;
    let own = || library.index.values().filter(|item| item.crate_id == 0);
    let mut functions = Vec::new();
    let mut members = BTreeSet::new();
    for item in own() {
        let (prefix, items) = match &item.inner {
            ItemEnum::Impl(block) => (prefix_of_impl(block), &block.items),
            ItemEnum::Trait(Trait { items, .. }) => (Some(format!("<_ as {}>::", name_of(item))), items),
            _ => continue,
        };
        members.extend(items.iter().map(|id| id.0));
        let Some(prefix) = prefix else { continue };
        functions.extend(items.iter().filter_map(|id| function(library.index.get(id)?, &prefix)));
    }
    functions.extend(own().filter(|item| !members.contains(&item.id.0)).filter_map(|item| function(item, "")));
    Ok(functions)
}

fn function(item: &Item, prefix: &str) -> Option<Function> {
    let name = name_of(item);
    match &item.inner {
        // What `derive(Eq)` asks of the compiler; nobody calls it.
        ItemEnum::Function(_) if name == "assert_fields_are_eq" => None,
        ItemEnum::Function(function) if function.has_body => {
            let place = item.span.as_ref().map(|span| format!("{}:{}", span.filename.display(), span.begin.0));
            Some(Function { name: format!("{prefix}{name}"), place: place.unwrap_or_default() })
        }
        _ => None,
    }
}

fn name_of(item: &Item) -> &str {
    item.name.as_deref().unwrap_or_default()
}

/// `None` for what the compiler implements by itself, and for what others implement for every type.
fn prefix_of_impl(block: &Impl) -> Option<String> {
    if block.is_synthetic || block.blanket_impl.is_some() {
        return None;
    }
    let of_type = match &block.for_ {
        Type::ResolvedPath(path) => last_name(path).to_owned(),
        other => short(other),
    };
    Some(match &block.trait_ {
        Some(of_trait) => format!("<{of_type} as {}>::", short_path(of_trait)),
        None => format!("<{of_type}>::"),
    })
}

fn short(of_type: &Type) -> String {
    match of_type {
        Type::ResolvedPath(path) => short_path(path),
        Type::Primitive(name) | Type::Generic(name) => name.clone(),
        Type::Tuple(types) => format!("({})", types.iter().map(short).collect::<Vec<_>>().join(", ")),
        Type::Slice(item) => format!("[{}]", short(item)),
        Type::Array { type_, len } => format!("[{}; {len}]", short(type_)),
        Type::BorrowedRef { is_mutable, type_, .. } => {
            format!("&{}{}", if *is_mutable { "mut " } else { "" }, short(type_))
        }
        other => format!("{other:?}"),
    }
}

fn short_path(path: &Path) -> String {
    let arguments = match path.args.as_deref() {
        Some(GenericArgs::AngleBracketed { args, .. }) => args.as_slice(),
        _ => &[],
    };
    let types: Vec<_> = arguments
        .iter()
        .filter_map(|argument| match argument {
            GenericArg::Type(of_type) => Some(short(of_type)),
            _ => None,
        })
        .collect();
    let name = last_name(path);
    if types.is_empty() { name.to_owned() } else { format!("{name}<{}>", types.join(", ")) }
}

fn last_name(path: &Path) -> &str {
    path.path.rsplit("::").next().unwrap_or_default()
}
