using System.Collections.Immutable;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Review;

/// <summary>Takes in sign-off sheets line by line, each with an answer of its own.</summary>
public sealed class SheetWorkflow(ObservationWorkflow observations, ClassSectionWorkflow classes, PlacementWorkflow placements, Interns interns)
{
    private const int MaxItems = ClassSection.MaxStudents;
    private const int MaxSheetId = 60;
    private const int AtOnce = 16;

    /// <summary>Whom a sheet may be about, and whom "everybody else" means on it.</summary>
    private sealed record Place(OrganizationId School, Func<PersonId, bool> Holds, ImmutableArray<PersonId> Everybody);

    /// <returns>What each line came to, in their order; everybody else's come last.</returns>
    /// <exception cref="RefusedException"><c>observation.where</c>, <c>observation.count</c>, <c>observation.device-id</c>, <c>class-section.not-found</c>, <c>placement.not-found</c>.</exception>
    public async Task<IReadOnlyList<FilledLine>> RecordAsync(Actor actor, FilledSheet filled, CancellationToken cancellationToken)
    {
        var place = await PlaceAsync(actor, filled, cancellationToken);
        SeenItem[] items = [.. filled.Items, .. Others(filled, place)];
        if (items.Length is < 1 or > MaxItems)
        {
            throw Refused.Invalid("observation.count", $"A sheet has 1 to {MaxItems} lines.");
        }

        var sheet = new SeenSheet(place.School, filled.Badge, filled.CompetencyId, filled.ObservedAt);
        var lines = new FilledLine[items.Length];

        // Lines about one learner come one after the other; different learners side by side.
        var learners = Enumerable.Range(0, items.Length).GroupBy(number => items[number].Learner);
        await Parallel.ForEachAsync(learners, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (numbers, token) =>
        {
            foreach (var number in numbers)
            {
                lines[number] = await RecordAsync(actor, sheet, place, items[number], token);
            }
        });
        return lines;
    }

    private async Task<FilledLine> RecordAsync(Actor actor, SeenSheet sheet, Place place, SeenItem item, CancellationToken cancellationToken)
    {
        try
        {
            return place.Holds(item.Learner)
                ? new(item, await observations.RecordAsync(actor, sheet, item, cancellationToken), null)
                : throw Refused.Invalid("observation.not-on-the-sheet", "This learner is not in the class or internship that the sheet is of.");
        }
        catch (RefusedException refused)
        {
            return new(item, null, refused);
        }
    }

    private static IEnumerable<SeenItem> Others(FilledSheet filled, Place place)
    {
        if (filled.Others is not { } others)
        {
            return [];
        }

        if (place.Everybody.IsEmpty)
        {
            throw Refused.Invalid("observation.where", "Everybody else is of a class, or of your interns to whom the skill belongs; here are none.");
        }

        var id = DisplayText.Require(others.Id, MaxSheetId, "observation.device-id");
        var named = filled.Items.Select(item => item.Learner).Concat(others.Except).ToHashSet();
        return place.Everybody.Where(student => !named.Contains(student)).Select(student => new SeenItem($"{id}:{student}", student, others.Level, null));
    }

    private async Task<Place> PlaceAsync(Actor actor, FilledSheet filled, CancellationToken cancellationToken)
    {
        switch (filled.Place)
        {
            case ({ } section, null, null):
                var taught = (await classes.ReadAsync(actor, section, cancellationToken)).Document;
                return new(taught.Organization, learner => taught.Students.Contains(learner), taught.Students);
            case (null, { } placement, null):
                var placed = (await placements.ReadAsync(actor, placement, cancellationToken)).Document;
                return new(placed.School, learner => placed.Learner == learner, [placed.Learner]);
            case (null, null, { } school):
                var theirs = filled.Others is null ? [] : await interns.OfAsync(actor, school, cancellationToken);
                return new(school, _ => true, [.. theirs.Where(intern => intern.Names(filled.Badge, filled.CompetencyId)).Select(intern => intern.Learner).Distinct()]);
            default:
                throw Refused.Invalid("observation.where", "A sheet is of a class, of an internship or of a school: exactly one of them.");
        }
    }
}
