using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>One state of a badge that is being written; never changed.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Meaning">The revision that first said what this one says: its own number, unless only spelling was corrected or a translation brought since.</param>
/// <param name="PatchNote">What was corrected or translated, when nothing else changed; else null.</param>
/// <param name="Proposal">The proposal that became this, or null for the first.</param>
public sealed record DraftRevision(
    string Slug, int Number, int Meaning, DraftContent Content, string? PatchNote, string? Proposal, PersonId Author, OrganizationId Organization, PersonId? AcceptedBy, DateTimeOffset At)
{
    public string Id => IdOf(Slug, Number);

    public static string IdOf(string slug, int number) => FormattableString.Invariant($"{slug}~{number}");
}
