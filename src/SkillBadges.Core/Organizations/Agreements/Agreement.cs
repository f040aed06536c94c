using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations.Agreements;

/// <summary>
/// What two sides agree on, wording by wording. Days that are over stay as they were: a later wording holds from the day after it is agreed at the
/// earliest, and either side may end what was agreed, after a day. Who may say yes, and how a no is worded, each kind of agreement says itself.
/// </summary>
public abstract record Agreement<TTerms>
    where TTerms : IDatedTerms
{
    public const int MaxRevisions = 200;

    public ImmutableArray<AgreementRevision<TTerms>> Revisions { get; init; } = [];

    public ImmutableArray<AgreementEnd> Ends { get; init; } = [];

    [JsonIgnore]
    public bool WasAgreed => Revisions.Any(revision => revision.AgreedOn is not null);

    /// <summary>The wording that holds on a day, or null.</summary>
    public AgreementRevision<TTerms>? HoldingOn(DateOnly day)
    {
        var revision = Revisions.LastOrDefault(revision => revision.HoldsFrom <= day);
        return revision is not null && day <= LastDay(revision) ? revision : null;
    }

    /// <summary>One more wording, to which its proposer says yes. It takes the place of a wording that still waited.</summary>
    protected ImmutableArray<AgreementRevision<TTerms>> Proposing(TTerms terms, AgreementApproval by) => Revisions.Add(new(Revisions.Length + 1, terms, [by]));

    /// <summary>The second yes to the last wording.</summary>
    protected ImmutableArray<AgreementRevision<TTerms>> Agreeing(AgreementApproval by, DateOnly today)
    {
        // The first wording may look back, as there was nothing it could change; a later one begins after the day on which it is agreed.
        var last = Revisions[^1];
        var from = WasAgreed && last.Terms.FirstDay <= today ? today.AddDays(1) : last.Terms.FirstDay;
        return Revisions.SetItem(Revisions.Length - 1, last with { Approvals = last.Approvals.Add(by), AgreedOn = today, HoldsFrom = from });
    }

    /// <summary>One more end, of everything that was agreed so far.</summary>
    protected ImmutableArray<AgreementEnd> Ending(DateOnly lastDay, AgreementApproval by) =>
        Ends.Add(new(Revisions.Last(revision => revision.AgreedOn is not null).Number, lastDay, by.Organization, by.Person, by.At));

    private DateOnly LastDay(AgreementRevision<TTerms> revision) =>
        Ends.Where(end => revision.Number <= end.UpTo).Select(end => end.LastDay).Append(revision.Terms.LastDay ?? DateOnly.MaxValue).Min();
}
