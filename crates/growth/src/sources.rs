//! Source text that grows, and is compiled.

use channel_file_content::{CompileOptions, Source, TypeLibrary, compile, decompile};

use crate::Result;
use crate::contents::{examples, rules};
use crate::counted::count;

/// One way to write more.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// How much of it the smaller text has.
    size: u32,
    write: fn(u32) -> Result<String>,
    /// Whether content comes of it.
    compiles: bool,
}

pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "source of rules", size: 200, write: |size| Ok(decompile(&rules(size)?)), compiles: true },
    Shape { name: "source of examples", size: 400, write: |size| Ok(decompile(&examples(size)?)), compiles: true },
    Shape {
        name: "source of patterns",
        size: 1_000,
        write: |size| {
            let words = (0..size).map(|number| format!("          - equals: \"word {number:05}\"\n"));
            let rule = "channel: 1\n---\nrule: words\ntype: pipe_created\nwhen:\n  - field: PipeName\n    any-of:\n";
            Ok(rule.chars().chain(words.collect::<String>().chars()).collect())
        },
        compiles: true,
    },
    Shape {
        name: "source of comments",
        size: 2_000,
        write: |size| {
            let rule =
                "channel: 1\n---\nrule: short\ntype: pipe_created\nwhen: [{ field: PipeName, any-of: [empty] }]\n";
            let lines = usize::try_from(size)?;
            Ok(format!("{}{rule}{}", "# é\n".repeat(lines), "---\n# nothing\n".repeat(lines)))
        },
        compiles: true,
    },
    Shape {
        name: "source of mistakes",
        size: 200,
        write: |size| {
            let rule =
                |number| format!("---\nrule: r{number:05}\ntype: pipe_created\nwhen: [{{ field: é, any-of: 1 }}]\n");
            Ok((0..size).map(rule).collect())
        },
        compiles: false,
    },
    Shape {
        name: "source of Sigma rules",
        size: 100,
        write: |size| {
            let rule = |number| {
                let id = format!("00000000-0000-4000-8000-{number:012}");
                let head = format!(
                    "---\ntitle: rule {number:05}\nid: {id}\nlogsource: {{ product: windows, category: pipe_created }}\n"
                );
                let detection =
                    "detection:\n  one: { PipeName|contains: ['a*c', 'd?f'] }\n  two: { Image|endswith: 'é' }\n";
                format!("{head}{detection}  condition: one and not two\n")
            };
            Ok("channel: 1\n".chars().chain((0..size).map(rule).collect::<String>().chars()).collect())
        },
        compiles: true,
    },
];

impl Shape {
    pub(crate) fn run(&self) -> Result {
        let (library, options) = (TypeLibrary::windows(), CompileOptions::default());
        for size in [self.size, self.size.saturating_mul(2)] {
            let text = (self.write)(size)?;
            let source = [Source { name: "growing.yaml", text: &text }];
            let compiled = compile(&source, &library, &options);
            if compiled.content.is_some() != self.compiles {
                let told =
                    compiled.diagnostics.iter().chain(compiled.refused.iter().flat_map(|rule| &rule.diagnostics));
                return Err(told.map(ToString::to_string).next().unwrap_or("it compiles".to_owned()).into());
            }
            count(self.name, "compile", text.len(), || compile(&source, &library, &options));
            if let Some(content) = compiled.content {
                count(self.name, "decompile", text.len(), || decompile(&content));
            }
        }
        Ok(())
    }
}
