using SkillBadges.Core.Mastery;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.App.Mastery;

/// <param name="OrganizationId">The side that proposes.</param>
/// <param name="From">Scale and version whose levels are read, such as <c>four-level@1</c>.</param>
/// <param name="To">Scale and version that they become levels of.</param>
/// <param name="GiverId">Whose levels are read.</param>
/// <param name="ReceiverId">Who reads them.</param>
internal sealed record NewCrosswalkRequest(string OrganizationId, string From, string To, CrosswalkPurpose Purpose, string GiverId, string ReceiverId, CrosswalkTerms Terms);

internal sealed record CrosswalkRevisionRequest(string OrganizationId, CrosswalkTerms Terms);

internal sealed record CrosswalkApprovalRequest(string OrganizationId, int Revision);

internal sealed record CrosswalkEndRequest(string OrganizationId, DateOnly LastDay);

internal sealed record CrosswalkRevisionView(int Number, CrosswalkTerms Terms, bool IsLossy, IReadOnlyList<string> ApprovedBy, DateOnly? AgreedOn, DateOnly? HoldsFrom);

/// <param name="Holding">The wording that holds today; absent where none does.</param>
internal sealed record CrosswalkView(
    string Id, string From, string To, CrosswalkPurpose Purpose, string GiverId, string ReceiverId, CrosswalkRevisionView? Holding, IReadOnlyList<CrosswalkRevisionView> Revisions, DateOnly? LastDay)
{
    public static CrosswalkView Of(Crosswalk crosswalk, DateOnly today) => new(
        crosswalk.Id.Value, crosswalk.From, crosswalk.To, crosswalk.Purpose, crosswalk.Giver.Value, crosswalk.Receiver.Value,
        crosswalk.HoldingOn(today) is { } holding ? Of(holding) : null, [.. crosswalk.Revisions.Select(Of)], crosswalk.Ends is [.., var end] ? end.LastDay : null);

    /// <summary>To everybody only what was agreed.</summary>
    public CrosswalkView Public() => this with { Revisions = [.. Revisions.Where(revision => revision.AgreedOn is not null)] };

    private static CrosswalkRevisionView Of(AgreementRevision<CrosswalkTerms> revision) => new(
        revision.Number, revision.Terms, revision.Terms.IsLossy, [.. revision.Approvals.Select(approval => approval.Organization.Value)], revision.AgreedOn, revision.HoldsFrom);
}

internal sealed record LevelView(string Code, string Label, string Descriptor)
{
    public static LevelView Of(MasteryLevel level) => new(level.Code, level.Label, level.Descriptor);
}

internal sealed record AuthorityView(IReadOnlyList<string> OrganizationIds, IReadOnlyList<string> Organizations, string Document, string? DocumentAddress);

/// <summary>What somebody agreed on; beside the native level, never in its place.</summary>
/// <param name="Derived">Always true: nobody decided this level.</param>
/// <param name="Highest">The same as the lowest, or the other end of a range.</param>
internal sealed record EquivalentView(bool Derived, string CrosswalkId, int Revision, LevelView Lowest, LevelView Highest, bool IsLossy, string? Note, AuthorityView Authority);

/// <summary>What a level is on another scale.</summary>
/// <param name="Native">The level as it was decided; absent for no evidence.</param>
/// <param name="Equivalence"><c>none</c>: nobody agreed on any; <c>agreed</c>: by those listed, who may disagree among themselves.</param>
internal sealed record EquivalentsAnswer(string From, LevelView? Native, string To, CrosswalkPurpose Purpose, DateOnly On, string Equivalence, IReadOnlyList<EquivalentView> Agreed)
{
    public static EquivalentsAnswer Of(string from, string to, EquivalenceAnswer answer, IReadOnlyDictionary<OrganizationId, string> names) => new(
        from, answer.Native is { } native ? LevelView.Of(native) : null, to, answer.Purpose, answer.On, answer.Agreed.Count == 0 ? "none" : "agreed", [.. answer.Agreed.Select(agreed => View(agreed, answer.To, names))]);

    private static EquivalentView View(AgreedEquivalence agreed, MasteryScale scale, IReadOnlyDictionary<OrganizationId, string> names)
    {
        var terms = agreed.Revision.Terms;
        OrganizationId[] sides = [.. new[] { agreed.Crosswalk.Giver, agreed.Crosswalk.Receiver }.Distinct()];
        return new(
            true, agreed.Crosswalk.Id.Value, agreed.Revision.Number, LevelView.Of(scale.Level(agreed.Equivalence.Lowest)), LevelView.Of(scale.Level(agreed.Equivalence.Highest)), terms.IsLossy, terms.Note,
            new([.. sides.Select(side => side.Value)], [.. sides.Select(side => names[side])], terms.Document, terms.DocumentAddress));
    }
}
