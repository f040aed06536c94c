using System.Collections.Immutable;

namespace SkillBadges.Core.Organizations.Agreements;

/// <summary>One wording; it holds only when both sides said yes to exactly it.</summary>
/// <param name="Number">From 1.</param>
public sealed record AgreementRevision<TTerms>(int Number, TTerms Terms, ImmutableArray<AgreementApproval> Approvals)
    where TTerms : IDatedTerms
{
    /// <summary>The day, where the agreement is used, on which the second yes was said; null while it is proposed.</summary>
    public DateOnly? AgreedOn { get; init; }

    /// <summary>The first day on which it holds, days that an earlier wording had spoken for left out; null while it is proposed.</summary>
    public DateOnly? HoldsFrom { get; init; }
}

/// <summary>An end that was declared: revisions up to one number hold no longer than a day.</summary>
public sealed record AgreementEnd(int UpTo, DateOnly LastDay, OrganizationId Organization, PersonId Person, DateTimeOffset At);
