using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>A row of a list of awards from before.</summary>
/// <param name="Row">As a spreadsheet counts; the header is row 1.</param>
/// <param name="Badge">Slug of the badge that it is to count for; null where nobody said.</param>
public sealed record PastListRow(long Row, PersonId Student, PastRow Award, string? Badge);

/// <summary>What became of a row.</summary>
/// <param name="Case">Null where it was refused, or only tried.</param>
public sealed record PastListOutcome(long Row, Read<RecognitionCase>? Case, RefusedException? Fault);

/// <summary>Enters a list of awards from before, each row by itself, so that one bad row keeps no other out. The same list again adds nothing: its rows are here already.</summary>
public sealed class PastList(RecognitionWorkflow workflow, Authority authority)
{
    public const int MaxRows = 500;

    /// <param name="isTried">Asks all there is to ask of each row, and enters none.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>: not of the school's office. What is wrong with a row is in its outcome.</exception>
    public async Task<IReadOnlyList<PastListOutcome>> EnterAsync(Actor actor, OrganizationId school, IReadOnlyList<PastListRow> rows, bool isTried, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Records, cancellationToken);
        var outcomes = new List<PastListOutcome>();
        var seen = new HashSet<(PersonId, PastRow)>();
        foreach (var row in rows)
        {
            try
            {
                if (!seen.Add((row.Student, row.Award)))
                {
                    throw Refused.Conflict("recognition.exists", "The same award stands in an earlier row.");
                }

                var to = new Bringing(school, row.Student, row.Badge);
                if (isTried)
                {
                    await workflow.TryPastAsync(actor, to, row.Award, cancellationToken);
                }

                outcomes.Add(new(row.Row, isTried ? null : await workflow.BringPastAsync(actor, to, row.Award, null, cancellationToken), null));
            }
            catch (RefusedException refused)
            {
                outcomes.Add(new(row.Row, null, refused));
            }
        }

        return outcomes;
    }
}
