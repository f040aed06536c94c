using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>A form that was signed on paper and lies in the office.</summary>
/// <param name="RecordedBy">Who entered it.</param>
/// <param name="Reference">Where it lies, such as <c>consents 2026, folder 3</c>.</param>
/// <param name="SignedOn">The date on the form.</param>
public sealed record PaperForm(PersonId RecordedBy, string Reference, DateOnly SignedOn)
{
    public const int MaxReferenceLength = 200;

    /// <exception cref="RefusedException"><c>consent.paper</c>.</exception>
    public PaperForm Checked(DateOnly today) => SignedOn <= today && SignedOn > today.AddYears(-1)
        ? this with { Reference = DisplayText.Require(Reference, MaxReferenceLength, "consent.paper") }
        : throw Refused.Invalid("consent.paper", "A paper form was signed within the last year, and not later than today.");
}

/// <summary>One yes.</summary>
/// <param name="Giver">Null where a paper form was signed by somebody who is not entered here.</param>
/// <param name="Paper">Null where the giver was signed in.</param>
public sealed record ConsentGrant(ConsentVoice Voice, PersonId? Giver, DateTimeOffset At, PaperForm? Paper);

public sealed record ConsentWithdrawal(PersonId By, DateTimeOffset At, PaperForm? Paper);

public enum ConsentState
{
    /// <summary>Somebody whose yes is needed has not said it.</summary>
    Waiting,

    InForce,
    Expired,
    Withdrawn,

    /// <summary>Nobody's yes allows it: the learner is too young for it.</summary>
    NotAllowed,
}

/// <summary>What is consented to: which records, what for, to whom, until when (34 CFR 99.30).</summary>
/// <param name="Purpose">In the giver's language, 1 to 300 characters.</param>
/// <param name="ExpiresAt">From then on it allows nothing.</param>
public sealed record ConsentTerms(RecordScope Records, string Purpose, ConsentRecipient Recipient, DateTimeOffset ExpiresAt)
{
    public const int MaxPurposeLength = 300;
    public const int MaxYears = 5;

    /// <exception cref="RefusedException"><c>consent.records</c>, <c>consent.purpose</c>, <c>consent.recipient</c>, <c>consent.expiry</c>.</exception>
    public ConsentTerms Checked(DateTimeOffset now) => ExpiresAt > now && ExpiresAt <= now.AddYears(MaxYears)
        ? new(Records.Checked(), DisplayText.Require(Purpose, MaxPurposeLength, "consent.purpose"), Recipient.Checked(), ExpiresAt)
        : throw Refused.Invalid("consent.expiry", $"A consent runs out: later than now, and within {MaxYears} years.");
}

/// <summary>
/// A signed and dated consent about one learner's record at one record-keeper. Nothing in it is ever changed or removed but by adding
/// to it; whether it allows something is computed anew each time, so that a birthday, an end or a withdrawal counts at once.
/// </summary>
public sealed record Consent(ConsentId Id, PersonId Learner, ConsentTerms Terms, DateTimeOffset CreatedAt)
{
    public ImmutableArray<ConsentGrant> Grants { get; init; } = [];

    public ConsentWithdrawal? Withdrawal { get; init; }

    /// <summary>Adds a yes; a voice that was heard already stays as it was.</summary>
    /// <exception cref="RefusedException"><c>consent.withdrawn</c>, <c>consent.expired</c>.</exception>
    public Consent Give(ConsentGrant grant)
    {
        RequireOpen(grant.At);
        return Grants.Any(known => known.Voice == grant.Voice) ? this : this with { Grants = Grants.Add(grant) };
    }

    /// <summary>Ends it for good, at once.</summary>
    /// <exception cref="RefusedException"><c>consent.withdrawn</c>.</exception>
    public Consent Withdraw(ConsentWithdrawal withdrawal) => Withdrawal is null
        ? this with { Withdrawal = withdrawal }
        : throw Refused.Conflict("consent.withdrawn", "This consent was withdrawn already.");

    /// <param name="needed">Who has to say yes now: <see cref="ConsentRule.Voices"/>.</param>
    /// <param name="now">The moment.</param>
    public ConsentState StateAt(ImmutableArray<ConsentVoice> needed, DateTimeOffset now)
    {
        if (Withdrawal is not null)
        {
            return ConsentState.Withdrawn;
        }

        if (now >= Terms.ExpiresAt)
        {
            return ConsentState.Expired;
        }

        return needed.IsEmpty ? ConsentState.NotAllowed : needed.All(voice => Grants.Any(grant => grant.Voice == voice)) ? ConsentState.InForce : ConsentState.Waiting;
    }

    private void RequireOpen(DateTimeOffset at)
    {
        if (Withdrawal is not null)
        {
            throw Refused.Conflict("consent.withdrawn", "This consent was withdrawn; please give a new one.");
        }

        if (at >= Terms.ExpiresAt)
        {
            throw Refused.Conflict("consent.expired", "This consent has run out; please give a new one.");
        }
    }
}
