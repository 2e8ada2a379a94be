//! The places of a file where mutants are, found in its syntax tree.

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::LineColumn;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::Result;
use crate::listed::{Genre, Listed, Place};

/// A place with the mutants that share it, which are numbered without a gap.
#[derive(Debug)]
pub(crate) struct Site {
    /// The bytes of the file that are rewritten; none where something is put in.
    pub(crate) range: Range<usize>,
    pub(crate) form: Form,
    /// The number of the first mutant.
    pub(crate) first: usize,
    /// What each of them puts there.
    pub(crate) replacements: Vec<String>,
}

/// How a place is rewritten.
#[derive(Debug)]
pub(crate) enum Form {
    /// `left operator right`.
    Binary { left: Range<usize>, right: Range<usize> },
    /// `! operand`, `- operand`.
    Unary { operand: Range<usize> },
    /// Just behind the brace that opens a function.
    Body,
    /// All of a function that gives `impl Iterator`, between its braces.
    Iterator,
    /// Just behind the pattern of an arm without a guard.
    Arm,
    /// The guard of an arm that may be deleted.
    GuardedArm,
    /// The guard of an arm.
    Guard,
    /// A field of `Struct { field: value, ..base }`: its name, the value, the struct and the base.
    Field { name: String, value: Range<usize>, path: String, base: String, is_path: bool },
}

/// A mutant that no condition can choose, with the reason.
#[derive(Debug)]
pub(crate) struct Unchosen {
    pub(crate) name: String,
    pub(crate) why: Obstacle,
}

/// Why a mutant cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// It would not compile.
    Broken,
    /// The compiler evaluates what is mutated.
    Constant,
    /// The syntax tree has nothing at its place.
    Lost,
}

/// What is found in one file.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) sites: Vec<Site>,
    pub(crate) unchosen: Vec<Unchosen>,
    /// The mutants at the sites, in the order of their numbers.
    pub(crate) numbered: Vec<Listed>,
}

/// Finds the places of mutants in a file's text, and numbers them from `first` on.
pub(crate) fn find(text: &str, listed: &[Listed], first: usize) -> Result<Found> {
    let file = syn::parse_file(text)?;
    let mut waiting: BTreeMap<(Genre, Place), Vec<Listed>> = BTreeMap::new();
    for mutant in listed {
        waiting.entry((mutant.genre, mutant.span.start)).or_default().push(mutant.clone());
    }
    let found = Found { sites: vec![], unchosen: vec![], numbered: vec![] };
    let mut finder = Finder { text, waiting, found, next: first, constant: false, total: false };
    finder.visit_file(&file);
    let Finder { waiting, mut found, .. } = finder;
    let lost = waiting.into_values().flatten();
    found.unchosen.extend(lost.map(|mutant| Unchosen { name: mutant.name, why: Obstacle::Lost }));
    Ok(found)
}

struct Finder<'t> {
    text: &'t str,
    waiting: BTreeMap<(Genre, Place), Vec<Listed>>,
    found: Found,
    next: usize,
    /// Whether the compiler evaluates what is visited; a `const fn` runs as well.
    constant: bool,
    /// Whether the match that is visited has an arm for everything, so that others can be deleted.
    total: bool,
}

impl Finder<'_> {
    /// Takes the mutants of a genre that begin at a place.
    fn take(&mut self, genre: Genre, start: LineColumn) -> Vec<Listed> {
        let place = Place { line: start.line, column: start.column.saturating_add(1) };
        self.waiting.remove(&(genre, place)).unwrap_or_default()
    }

    /// Puts mutants at a place, or says why they cannot be chosen.
    fn put(&mut self, mutants: Vec<Listed>, range: Range<usize>, form: Form, obstacle: Option<Obstacle>) {
        let obstacle = if self.constant { Some(Obstacle::Constant) } else { obstacle };
        if let Some(why) = obstacle {
            let unchosen = mutants.into_iter().map(|mutant| Unchosen { name: mutant.name, why });
            self.found.unchosen.extend(unchosen);
        } else if !mutants.is_empty() {
            let replacements: Vec<_> = mutants.iter().map(|mutant| mutant.replacement.clone()).collect();
            let first = self.next;
            self.next = first.saturating_add(mutants.len());
            self.found.sites.push(Site { range, form, first, replacements });
            self.found.numbered.extend(mutants);
        }
    }

    fn function(&mut self, signature: &syn::Signature, body: &syn::Block) {
        if let Some(statement) = body.stmts.first() {
            let mutants = self.take(Genre::FnValue, statement.span().start());
            let (open, close) = (body.brace_token.span.open(), body.brace_token.span.close());
            let (begin, end) = (open.byte_range().end, close.byte_range().start);
            let given = range_text(self.text, signature.output.span().byte_range());
            // Each way out of such a function gives the same type, and the original body has no other way out than its end.
            match given.contains("impl Iterator") {
                true => self.put(mutants, begin..end, Form::Iterator, None),
                false => self.put(mutants, begin..begin, Form::Body, None),
            }
        }
    }

    fn within(&mut self, constant: bool, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.constant, constant);
        visit(self);
        self.constant = outer;
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.within(false, |finder| {
            finder.function(&item.sig, &item.block);
            visit::visit_item_fn(finder, item);
        });
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.within(false, |finder| {
            finder.function(&item.sig, &item.block);
            visit::visit_impl_item_fn(finder, item);
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.within(false, |finder| {
            if let Some(body) = &item.default {
                finder.function(&item.sig, body);
            }
            visit::visit_trait_item_fn(finder, item);
        });
    }

    fn visit_expr_binary(&mut self, expression: &'ast syn::ExprBinary) {
        let mutants = self.take(Genre::BinaryOperator, expression.op.span().start());
        // `let` binds in the chain that it stands in, which a parenthesis would end; `||` beside it is no expression.
        let obstacle = binds(expression).then_some(Obstacle::Broken);
        let (left, right) = (expression.left.span().byte_range(), expression.right.span().byte_range());
        self.put(mutants, expression.span().byte_range(), Form::Binary { left, right }, obstacle);
        visit::visit_expr_binary(self, expression);
    }

    fn visit_expr_unary(&mut self, expression: &'ast syn::ExprUnary) {
        let mutants = self.take(Genre::UnaryOperator, expression.op.span().start());
        let operand = expression.expr.span().byte_range();
        self.put(mutants, expression.span().byte_range(), Form::Unary { operand }, None);
        visit::visit_expr_unary(self, expression);
    }

    fn visit_expr_match(&mut self, expression: &'ast syn::ExprMatch) {
        self.visit_expr(&expression.expr);
        // `None` is an identifier, too.
        let binds = |name: &syn::Ident| name.to_string().starts_with(char::is_lowercase);
        let takes_all = |arm: &syn::Arm| match &arm.pat {
            syn::Pat::Ident(pattern) => binds(&pattern.ident),
            pattern => matches!(pattern, syn::Pat::Wild(_)),
        };
        let total = expression.arms.iter().any(|arm| arm.guard.is_none() && takes_all(arm));
        for arm in &expression.arms {
            self.total = total;
            self.visit_arm(arm);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let deleted = self.take(Genre::MatchArm, arm.span().start());
        match &arm.guard {
            None => {
                let end = arm.pat.span().byte_range().end;
                self.put(deleted, end..end, Form::Arm, (!self.total).then_some(Obstacle::Broken));
            }
            Some((_, guard)) => {
                let range = guard.span().byte_range();
                self.put(deleted, range.clone(), Form::GuardedArm, None);
                let mutants = self.take(Genre::MatchArmGuard, guard.span().start());
                self.put(mutants, range, Form::Guard, None);
            }
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_struct(&mut self, expression: &'ast syn::ExprStruct) {
        if let Some(base) = &expression.rest {
            for field in &expression.fields {
                let mutants = self.take(Genre::StructField, field.span().start());
                let text = |range| range_text(self.text, range).to_owned();
                let form = Form::Field {
                    name: text(field.member.span().byte_range()),
                    value: field.expr.span().byte_range(),
                    path: text(expression.path.span().byte_range()),
                    base: text(base.span().byte_range()),
                    is_path: matches!(**base, syn::Expr::Path(_) | syn::Expr::Unary(_) | syn::Expr::Field(_)),
                };
                self.put(mutants, field.span().byte_range(), form, None);
            }
        }
        visit::visit_expr_struct(self, expression);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.within(true, |finder| visit::visit_item_const(finder, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.within(true, |finder| visit::visit_item_static(finder, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.within(true, |finder| visit::visit_impl_item_const(finder, item));
    }

    fn visit_trait_item_const(&mut self, item: &'ast syn::TraitItemConst) {
        self.within(true, |finder| visit::visit_trait_item_const(finder, item));
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.within(true, |finder| visit::visit_variant(finder, variant));
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        self.within(true, |finder| visit::visit_type(finder, ty));
    }

    fn visit_expr_const(&mut self, expression: &'ast syn::ExprConst) {
        self.within(true, |finder| visit::visit_expr_const(finder, expression));
    }

    fn visit_expr_repeat(&mut self, expression: &'ast syn::ExprRepeat) {
        self.visit_expr(&expression.expr);
        self.within(true, |finder| finder.visit_expr(&expression.len));
    }
}

/// The text of a range.
pub(crate) fn range_text(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Whether an operand of a chain of `&&` is a `let`.
fn binds(expression: &syn::ExprBinary) -> bool {
    let is_let = |operand: &syn::Expr| match operand {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(inner) => binds(inner),
        _ => false,
    };
    is_let(&expression.left) || is_let(&expression.right)
}
