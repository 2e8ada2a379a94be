//! The order of the file: instances by shape, then by rule.

use alloc::vec::Vec;
use core::ops::Range;

use crate::counted::counted;
use crate::error::{Path, Result};
use crate::limits::Limits;
use crate::runs::runs;
use crate::template::{Content, Slot, TemplateInstance, TypeKey};
use crate::wire::{count, index};

/// The instances of content, in the order of the file.
pub(super) struct Order<'c> {
    instances: Vec<Placed<'c>>,
    shapes: Shapes,
}

/// An instance and the rule that it belongs to.
pub(super) struct Placed<'c> {
    pub(super) instance: &'c TemplateInstance,
    pub(super) rule: u32,
    /// Which of the shapes it has.
    shape: u32,
}

/// The shapes of instances: at first as they are met, where one may be met again after others; once sorted, in the order of the file.
#[derive(Default)]
struct Shapes {
    all: Vec<Shape>,
    slots: Vec<Slot>,
}

#[derive(Clone)]
struct Shape {
    template_type: TypeKey,
    /// Among those of all shapes.
    slots: Range<usize>,
}

impl<'c> Order<'c> {
    /// Sorts the instances. Those that differ from the one before in nothing but values are compared with it alone, so that it is shapes
    /// that are sorted by their slots, not instances.
    pub(super) fn of(content: &'c Content, limits: &Limits) -> Result<Self> {
        let mut shapes = Shapes::default();
        let all = content.rules.iter().fold(0_usize, |sum, rule| sum.saturating_add(rule.instances.len()));
        let mut instances = Vec::with_capacity(all);
        for (rule, of) in counted(0_u32, &content.rules) {
            for instance in &of.instances {
                let shape = shapes.of(instance, limits).map_err(|error| error.within(Path::rule(rule)))?;
                instances.push(Placed { instance, rule, shape });
            }
        }
        limits.instances(count(instances.len()))?;
        let places = shapes.sort();
        for placed in &mut instances {
            placed.shape = places.get(index(placed.shape)).copied().unwrap_or_default();
        }
        // Stable: those of one shape stay in the order of their rules.
        instances.sort_by_key(|placed| placed.shape);
        Ok(Self { instances, shapes })
    }

    pub(super) fn instances(&self) -> &[Placed<'c>] {
        &self.instances
    }

    /// The slots of each shape of the file, with its instances.
    pub(super) fn shapes(&self) -> impl Iterator<Item = (&[Slot], &[Placed<'c>])> {
        runs(&self.instances, |one, two| one.shape == two.shape).map(|run| {
            let first = run.first().map_or(&[][..], |placed| self.shapes.slots(placed.shape));
            (first, run)
        })
    }
}

impl Shapes {
    /// The index of the instance's shape: that of the last one, or of a new one.
    #[inline]
    fn of(&mut self, instance: &TemplateInstance, limits: &Limits) -> Result<u32> {
        let known = self.all.last().is_some_and(|last| {
            last.template_type == instance.template_type() && instance.has_slots(self.slots_of(last))
        });
        if !known {
            self.add(instance, limits)?;
        }
        Ok(u32::try_from(self.all.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    fn add(&mut self, instance: &TemplateInstance, limits: &Limits) -> Result<()> {
        limits.criteria(count(instance.criteria().len()))?;
        instance.criteria().iter().try_for_each(|criterion| limits.patterns(count(criterion.patterns().len())))?;
        let first = self.slots.len();
        self.slots.extend(instance.slots());
        let slots = first..self.slots.len();
        self.all.push(Shape { template_type: instance.template_type(), slots });
        Ok(())
    }

    /// Sorts the shapes and drops repetitions; gives for each where it was the index that it has now.
    fn sort(&mut self) -> Vec<u32> {
        let mut sorted: Vec<(u32, &Shape)> = counted(0_u32, &self.all).collect();
        let compare = |one: &Shape, two: &Shape| {
            let types = one.template_type.cmp(&two.template_type);
            types.then_with(|| self.slots_of(one).cmp(self.slots_of(two)))
        };
        sorted.sort_unstable_by(|(_, one), (_, two)| compare(one, two));
        let (mut places, mut all) = (alloc::vec![0; self.all.len()], Vec::new());
        for (place, run) in counted(0_u32, runs(&sorted, |(_, one), (_, two)| compare(one, two).is_eq())) {
            all.extend(run.first().map(|(_, shape)| (*shape).clone()));
            for (met, _) in run {
                if let Some(now) = places.get_mut(index(*met)) {
                    *now = place;
                }
            }
        }
        self.all = all;
        places
    }

    fn slots(&self, shape: u32) -> &[Slot] {
        self.all.get(index(shape)).map_or(&[], |shape| self.slots_of(shape))
    }

    fn slots_of(&self, shape: &Shape) -> &[Slot] {
        self.slots.get(shape.slots.clone()).unwrap_or_default()
    }
}
