using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>That an office changed from which day a learner holds the rights in the record: who, why, and what was said before. Never changed or removed.</summary>
/// <param name="Was">The day before; null where none was known.</param>
/// <param name="Is">The day from now on; in the past for an adult, null where it is not known.</param>
public sealed record RightsChange(string Id, PersonId Learner, OrganizationId School, DateOnly? Was, DateOnly? Is, string Reason, PersonId By, DateTimeOffset At)
{
    public const int MaxReasonLength = 300;

    private const int Eighteen = 18;
    private const int Oldest = 120;

    /// <summary>Checks what is to be written down.</summary>
    /// <param name="today">The school's day.</param>
    /// <exception cref="RefusedException"><c>rights.day</c>, <c>rights.same</c>, <c>rights.reason</c>.</exception>
    public RightsChange Checked(DateOnly today)
    {
        if (Is is { } day && (day > today.AddYears(Eighteen) || day < today.AddYears(-Oldest)))
        {
            throw Refused.Invalid("rights.day", "The day on which the rights pass is the eighteenth birthday, or an earlier day that the law or a court names.");
        }

        return Is != Was
            ? this with { Reason = DisplayText.Require(Reason, MaxReasonLength, "rights.reason") }
            : throw Refused.Conflict("rights.same", "This day stands already.");
    }
}

/// <summary>A change and what it does to consents about the school's record.</summary>
/// <param name="AskedAnew">Consents that were in force and now wait for somebody else's yes.</param>
/// <param name="Allowed">Consents that waited, or were allowed to nobody, and are in force now.</param>
public sealed record RightsAnswer(RightsChange Change, AgeBand Age, bool FamilyHolds, ImmutableArray<ConsentId> AskedAnew, ImmutableArray<ConsentId> Allowed);

public static class RightsChangeDocuments
{
    public static readonly AccessPath<RightsChange> ByLearner = new AccessPath<RightsChange>("learner").Equal("learner", change => change.Learner.Value).OrderBy("at", change => change.At);

    public static readonly DocumentKind<RightsChange> Kind = new("rights_change", change => change.Id) { Paths = [ByLearner] };
}
