using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>Where the rows of a kind of file come from.</summary>
internal interface IStateRows
{
    /// <summary>What was counted while the rows were gathered.</summary>
    ImmutableArray<CredentialCount> Counts { get; }

    /// <summary>The learners of a school whom the file is about, by id.</summary>
    Task<IReadOnlyList<PersonId>> LearnersAsync(Organization school, CancellationToken cancellationToken);

    Task<IReadOnlyList<StateRowDraft>> OfAsync(Organization school, PersonId learner, CancellationToken cancellationToken);
}

/// <summary>What every row says of its learner and school.</summary>
internal sealed record KnownLearner(ImmutableArray<KeyValuePair<StateField, string>> Cells, bool LacksNumber)
{
    public StateRowDraft Begin(PersonId learner, OrganizationId school, string record)
    {
        var row = new StateRowDraft(learner, school, record).SetAll(Cells).Set(StateField.Record, record);
        if (LacksNumber)
        {
            row.Fault(StateField.StateNumber, "number.none", "The school has entered no state number for this learner, and no roster brought one.");
        }

        return row;
    }
}

/// <summary>Reads what rows say of a learner: the numbers of rosters, never the state's, of which it only says that there is none.</summary>
internal sealed class LearnerCells(IDocumentStore store, StateFile file)
{
    private readonly RosterNumbers rosters = new(store);

    public async Task<KnownLearner> OfAsync(Organization school, PersonId learner, CancellationToken cancellationToken)
    {
        var user = await rosters.UserAsync(learner, cancellationToken);
        var hasNumber = user?.MasterIdentifier is { Length: > 0 } || await store.FindAsync(StateNumberDocuments.Kind, learner.Value, cancellationToken) is not null;
        return new(
            [
                new(StateField.LearnerId, learner.Value),
                new(StateField.DistrictNumber, user?.Identifier ?? ""),
                new(StateField.SchoolId, school.Id.Value),
                new(StateField.SchoolNumber, await rosters.SchoolNumberAsync(user, school.Id, cancellationToken) ?? ""),
                new(StateField.SchoolName, school.Name),
                new(StateField.SchoolYear, file.Terms.SchoolYear.ToString("0000", CultureInfo.InvariantCulture)),
            ],
            file.HasNumbers && !hasNumber);
    }
}
