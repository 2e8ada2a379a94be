//! The reader that Kaitai makes of `docs/channel_file.ksy` finds in files what the library finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use channel_file::ChannelFile;
use channel_file_corpus::{Frame, Place};
use serde_json::Value;

use crate::command::Command;
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "kaitai", summary: "a reader made from docs/channel_file.ksy agrees with the library", run };

/// What a description in Kaitai cannot see in a file: invalid files of the corpus that it may accept.
const UNSEEN: &[(&str, &str)] = &[
    ("CF0108", "control characters in names"),
    ("CF0207", "the alphabetical order of names"),
    ("CF0301", "the order of shapes"),
    ("CF0315", "the order of criteria"),
    ("CF0316", "two none-of criteria on one field"),
    ("CF0402", "the order of patterns"),
    ("CF0403", "globs"),
    ("CF0404", "globs"),
    ("CF0405", "words as values of patterns"),
    ("CF0406", "words as values of patterns"),
    ("CF0407", "words as values of patterns"),
    ("CF0408", "words as values of patterns"),
    ("CF0409", "words as values of patterns"),
    ("CF0410", "words as values of patterns"),
    ("CF0411", "words as values of patterns"),
    ("CF0412", "words as values of patterns"),
    ("CF0413", "words as values of patterns"),
    ("CF0501", "the order of rules"),
    ("CF0502", "that no instance before the first is of the rule"),
    ("CF0509", "bytes as values of examples"),
];

fn run(project: &Project) -> Outcome {
    let reader = Reader::build(project)?;
    let corpus = project.root().join("corpus");
    let cannot = |error| Failure::new(format!("cannot make a file of the corpus: {error}"));

    let mut valid = BTreeMap::new();
    for file in channel_file_corpus::valid().map_err(cannot)? {
        valid.insert(corpus.join("valid").join(format!("{}.chan", file.name)), library_text(&file.bytes)?);
    }
    let mut invalid = BTreeMap::new();
    for file in channel_file_corpus::invalid().map_err(cannot)? {
        invalid.insert(corpus.join("invalid").join(format!("{}.chan", file.name)), file.code.as_str());
    }
    let changed = changed_files(&reader.folder.join("changed"))?;

    let said = reader.read(valid.keys().chain(invalid.keys()).chain(changed.keys()))?;
    agree(&valid, &said)?;
    agree(&changed, &said)?;
    let accepted = refused_or_unseen(&invalid, &said)?;
    let refused = invalid.len().saturating_sub(accepted);
    Ok(format!("{} valid files read alike, {refused} of {} invalid ones refused", valid.len(), invalid.len()))
}

/// The generated reader, with what it needs.
struct Reader {
    folder: PathBuf,
    sources: PathBuf,
}

/// What the generated reader says of a file.
enum Said {
    Text(String),
    Refused(String),
}

impl Reader {
    fn build(project: &Project) -> Result<Self, Failure> {
        let reader = Self { folder: project.target_apart("kaitai"), sources: project.root().join("docs/kaitai") };
        require_tools(project.root())?;
        reader.install()?;
        let generated = reader.folder.join("generated");
        fs::create_dir_all(&generated).map_err(|error| cannot_write(&generated, &error))?;
        let compile = Command::new("node", &reader.folder).arg(reader.sources.join("compile.js"));
        compile.arg(project.root().join("docs/channel_file.ksy")).arg(generated).succeed()?;
        Ok(reader)
    }

    /// Installs compiler and runtime, unless they are there in the versions that the repository names: a second run needs no network.
    fn install(&self) -> Result<(), Failure> {
        let mut wanted = String::new();
        fs::create_dir_all(&self.folder).map_err(|error| cannot_write(&self.folder, &error))?;
        for name in ["package.json", "package-lock.json", "requirements.txt"] {
            let text = fs::read_to_string(self.sources.join(name));
            let text = text.map_err(|error| Failure::new(format!("cannot read docs/kaitai/{name}: {error}")))?;
            fs::write(self.folder.join(name), &text).map_err(|error| cannot_write(&self.folder, &error))?;
            wanted.push_str(&text);
        }
        let stamp = self.folder.join("installed");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        let npm = Command::new("npm", &self.folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        npm.succeed()?;
        let pip = Command::new("python3", &self.folder).args(["-m", "pip", "install", "--quiet", "--upgrade"]);
        pip.args(["--no-deps", "--require-hashes", "--requirement", "requirements.txt", "--target", "python"])
            .succeed()?;
        fs::write(&stamp, wanted).map_err(|error| cannot_write(&stamp, &error))
    }

    fn read<'a>(&self, files: impl Iterator<Item = &'a PathBuf>) -> Result<BTreeMap<PathBuf, Said>, Failure> {
        let path = std::env::join_paths([self.folder.join("generated"), self.folder.join("python")]);
        let path = path.map_err(|error| Failure::new(format!("the target folder's path does not do: {error}")))?;
        let script = self.sources.join("read.py");
        let json = Command::new("python3", &self.folder).env("PYTHONPATH", path).arg(script).args(files).read()?;
        let said: BTreeMap<PathBuf, Value> = serde_json::from_str(&json)
            .map_err(|error| Failure::new(format!("docs/kaitai/read.py printed no JSON: {error}")))?;
        let said = said.into_iter().map(|(path, said)| match said.get("text").and_then(Value::as_str) {
            Some(text) => (path, Said::Text(text.to_owned())),
            None => (path, Said::Refused(said.to_string())),
        });
        Ok(said.collect())
    }
}

fn require_tools(folder: &Path) -> Result<(), Failure> {
    for tool in [&["node", "--version"][..], &["npm", "--version"], &["python3", "-m", "pip", "--version"]] {
        let [program, arguments @ ..] = tool else { continue };
        if Command::new(program, folder).args(arguments).succeed().is_err() {
            let reason =
                format!("`{}` does not run; the stage needs Node.js with npm and Python with pip", tool.join(" "));
            return Err(Failure::new(reason + " (Debian: apt-get install nodejs npm python3 python3-pip)"));
        }
    }
    Ok(())
}

fn library_text(bytes: &[u8]) -> Result<String, Failure> {
    let file =
        ChannelFile::open(bytes).map_err(|error| Failure::new(format!("the library refuses a file: {error}")))?;
    Ok(channel_file_library_text::text(&file))
}

/// The smallest file with one byte changed each time, under fitting checksums; and what the library reads there. Were a changed
/// text, code or number not to be seen, agreement would mean little.
fn changed_files(folder: &Path) -> Result<BTreeMap<PathBuf, String>, Failure> {
    use channel_file::SectionKind::{Severities, TextHeap};
    let cannot = |error: &dyn std::fmt::Display| Failure::new(format!("cannot change the smallest file: {error}"));
    let valid = channel_file_corpus::valid().map_err(|error| cannot(&error))?;
    let smallest = valid.iter().find(|file| file.name == "smallest");
    let smallest = &smallest.ok_or_else(|| Failure::new("the corpus has no file `smallest`"))?.bytes;
    let frame = Frame::cut(smallest).map_err(|error| cannot(&error))?;
    let put = |kind, row, byte: u8| -> Result<Frame, Failure> {
        let mut frame = frame.clone();
        frame.put(Place::new(kind, row, 0), &[byte]).map_err(|error| cannot(&error))?;
        Ok(frame)
    };
    let changes = [
        ("text", put(TextHeap, 9, b'y')?),
        ("code", put(Severities, 0, 4)?),
        ("number", Frame { content_version: 2, ..frame.clone() }),
    ];

    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let mut texts = BTreeMap::new();
    for (name, frame) in changes {
        let (path, bytes) = (folder.join(format!("{name}.chan")), frame.bytes());
        let text = library_text(&bytes)?;
        if text == library_text(smallest)? {
            return Err(Failure::new(format!("a changed {name} does not change the text of the library")));
        }
        fs::write(&path, bytes).map_err(|error| cannot_write(&path, &error))?;
        texts.insert(path, text);
    }
    Ok(texts)
}

fn agree(expected: &BTreeMap<PathBuf, String>, said: &BTreeMap<PathBuf, Said>) -> Result<(), Failure> {
    for (path, expected) in expected {
        match said.get(path) {
            Some(Said::Text(text)) if text == expected => {}
            Some(Said::Text(text)) => {
                let details = format!("the library:\n{expected}\nthe generated reader:\n{text}");
                return Err(Failure::new(format!("{} is not read alike", path.display())).with_details(details));
            }
            Some(Said::Refused(why)) => {
                let reason = format!("the generated reader refuses {}", path.display());
                return Err(Failure::new(reason).with_details(why.clone()));
            }
            None => return Err(Failure::new(format!("the generated reader has not read {}", path.display()))),
        }
    }
    Ok(())
}

/// How many invalid files are accepted, all of them with a defect that cannot be seen, each kind of which occurs.
fn refused_or_unseen(invalid: &BTreeMap<PathBuf, &str>, said: &BTreeMap<PathBuf, Said>) -> Result<usize, Failure> {
    let accepted: Vec<_> =
        invalid.iter().filter(|(path, _)| !matches!(said.get(*path), Some(Said::Refused(_)))).collect();
    let unseen: BTreeSet<&str> = UNSEEN.iter().map(|(code, _)| *code).collect();
    if let Some((path, code)) = accepted.iter().find(|(_, code)| !unseen.contains(**code)) {
        return Err(Failure::new(format!("the generated reader accepts {} ({code})", path.display())));
    }
    let occur: BTreeSet<&str> = accepted.iter().map(|(_, code)| **code).collect();
    if let Some(code) = unseen.difference(&occur).next() {
        return Err(Failure::new(format!(
            "all files with {code} are refused: strike it off the list of what is not seen"
        )));
    }
    Ok(accepted.len())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write {}: {error}", path.display()))
}
