//! Content made ready to match events.

use channel_file::ChannelFile;
use channel_file::interpreter::{Budget, Interpreter, Refusal};
use channel_file::template::{SensorType, SensorTypes};

use crate::finding::Finding;
use crate::number::{Counted, Grouped};

/// Loads a file for these types, which are mostly its own, under the budget.
pub(crate) fn load<'t>(
    name: &str,
    file: &ChannelFile<'_>,
    types: &'t [SensorType<'t>],
    budget: &Budget,
) -> Result<Interpreter<'t>, Box<Finding>> {
    let loaded = Interpreter::load(file, &SensorTypes::new(types), budget);
    loaded.map_err(|refusal| Box::new(finding(name, file, &refusal)))
}

/// Code, instance and field of the refusal, with the names that the file gives them; the worst instances are the help.
fn finding(name: &str, file: &ChannelFile<'_>, refusal: &Refusal) -> Finding {
    let mut help = String::new();
    for cost in refusal.worst() {
        let rule = file.instance(cost.instance).map(|instance| instance.rule());
        let (id, title) = rule.map_or(("", ""), |rule| (rule.id(), rule.title()));
        let (instance, bytes, work) = (cost.instance, Counted(cost.bytes, "byte"), Grouped(cost.work));
        help.push_str(if help.is_empty() { "what costs most: " } else { "; " });
        help.push_str(&format!("instance {instance} of rule {id} {title:?} ({bytes}, work {work})"));
    }
    Finding { help, ..Finding::of_bytes(name, refusal.error(), file.bytes()) }
}
