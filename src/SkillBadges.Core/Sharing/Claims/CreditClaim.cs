using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>A badge that a claim shows.</summary>
/// <param name="Learner">As the school that awarded it has them.</param>
public sealed record ClaimedBadge(AwardId Award, CredentialId Credential, BadgeVersionId Badge, PersonId Learner, OrganizationId Issuer);

/// <summary>
/// A student asks a college for the credit that it promised. What was promised is kept as it held on the day that counts, so that nothing agreed later
/// changes it. Who the student is to the college stands apart (<see cref="ClaimApplicant"/>) and goes with the decision.
/// </summary>
/// <param name="Subject">The version of the badge or stack.</param>
/// <param name="EarnedOn">The day, at the college, whose promise counts.</param>
/// <param name="Term">The term for which the student asks, such as <c>2027-fall</c>.</param>
/// <param name="Deadline">The last day at the college, whoever has to act; then the claim has run out.</param>
public sealed record CreditClaim(
    CreditClaimId Id, PersonId Learner, OrganizationId College, ArticulationId Articulation, int Revision, ArticulatedKind Kind, BadgeVersionId Subject, ArticulationTerms Terms, DateOnly EarnedOn,
    ImmutableArray<ClaimedBadge> Badges, string Term, DateOnly Deadline, PersonId MadeBy, DateTimeOffset MadeAt)
{
    /// <summary>How long a college may leave a claim without any answer.</summary>
    public const int MaxDaysUnanswered = 180;

    public const int MaxDaysWaiting = 366;
    public const int MaxNoteLength = 300;

    private static readonly int[] daysBefore = [7, 1];

    public ClaimState State { get; init; }

    public ClaimWait? Wait { get; init; }

    public ClaimPosting? Posting { get; init; }

    /// <summary>Why it was declined, in the college's words.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When one of its badges was taken back or put on hold; absent while all of them stand.</summary>
    public DateTimeOffset? BadgeFellAt { get; init; }

    /// <summary>The last day on which somebody was told of the deadline.</summary>
    public DateOnly? RemindedOn { get; init; }

    [JsonIgnore]
    public bool IsOpen => State is ClaimState.Submitted or ClaimState.Waiting;

    /// <summary>Whether it keeps others out: open or posted.</summary>
    [JsonIgnore]
    public bool IsLive => IsOpen || State == ClaimState.Posted;

    /// <param name="today">The college's day.</param>
    public ClaimState StateOn(DateOnly today) => IsOpen && today > Deadline ? ClaimState.Expired : State;

    /// <summary>Asks the student for something; asking again replaces what was asked before.</summary>
    /// <exception cref="RefusedException"><c>claim.decided</c>, <c>claim.expired</c>, <c>claim.deadline</c>, <c>claim.note</c>.</exception>
    public CreditClaim WaitFor(ClaimWait wait, DateOnly today)
    {
        RequireOpen(today);
        return wait.Until >= today && wait.Until <= today.AddDays(MaxDaysWaiting)
            ? this with { State = ClaimState.Waiting, Wait = wait with { Note = DisplayText.Optional(wait.Note, MaxNoteLength, "claim.note") }, Deadline = wait.Until, RemindedOn = today }
            : throw Refused.Invalid("claim.deadline", "A deadline is today or later, and within a year.");
    }

    /// <exception cref="RefusedException"><c>claim.decided</c>, <c>claim.expired</c>, <c>claim.badge-fell</c>, <c>claim.posting</c>, <c>claim.term</c>.</exception>
    public CreditClaim Post(ClaimPosting posting, DateOnly today)
    {
        RequireOpen(today);
        return BadgeFellAt is null ? this with { State = ClaimState.Posted, Posting = posting.Checked(), EndedAt = posting.At } : throw BadgeFell();
    }

    /// <exception cref="RefusedException"><c>claim.decided</c>, <c>claim.expired</c>, <c>claim.note</c>.</exception>
    public CreditClaim Decline(string reason, DateOnly today, DateTimeOffset at)
    {
        RequireOpen(today);
        return this with { State = ClaimState.Declined, Reason = DisplayText.Require(reason, MaxNoteLength, "claim.note"), EndedAt = at };
    }

    /// <exception cref="RefusedException"><c>claim.decided</c>, <c>claim.expired</c>.</exception>
    public CreditClaim Withdraw(DateOnly today, DateTimeOffset at)
    {
        RequireOpen(today);
        return this with { State = ClaimState.Withdrawn, EndedAt = at };
    }

    /// <summary>The days on which somebody is told that the deadline comes near.</summary>
    [JsonIgnore]
    public IEnumerable<DateOnly> ReminderDays => daysBefore.Select(days => Deadline.AddDays(-days));

    /// <summary>Whether a reminder is due that was not given.</summary>
    public bool IsReminderDue(DateOnly today) => IsOpen && today <= Deadline && ReminderDays.Any(day => day <= today && (RemindedOn is not { } last || last < day));

    /// <summary>Writes down that the deadline passed; nothing changes before, or once it is decided.</summary>
    public CreditClaim RunOut(DateOnly today, DateTimeOffset at) => IsOpen && StateOn(today) == ClaimState.Expired ? this with { State = ClaimState.Expired, EndedAt = at } : this;

    public static RefusedException BadgeFell() => Refused.Conflict("claim.badge-fell", "A badge of this claim was taken back or is on hold; it counts for nothing now.");

    private void RequireOpen(DateOnly today)
    {
        if (StateOn(today) == ClaimState.Expired)
        {
            throw Refused.Conflict("claim.expired", "The deadline of this claim has passed; the student may make a new one.");
        }

        if (!IsOpen)
        {
            throw Refused.Conflict("claim.decided", "This claim is closed: it was posted, declined or taken back.");
        }
    }
}
