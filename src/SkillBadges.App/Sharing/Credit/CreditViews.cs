using SkillBadges.App.Verification;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Claims;

namespace SkillBadges.App.Sharing.Credit;

/// <summary>What counts for the learner at a college, by what was promised on the day that counts.</summary>
/// <param name="Subject">The version of the badge or stack, such as <c>smaw-fillet@1</c>.</param>
/// <param name="Claim">The claim that was made of it last, or null.</param>
internal sealed record CreditOfferView(
    string Articulation, string Subject, string Name, string CollegeId, string College, ArticulationTerms Terms, DateOnly EarnedOn, IReadOnlyList<string> Certificates, CreditClaimView? Claim)
{
    public static CreditOfferView Of(CreditOffer offer, CreditClaim? claim, DateOnly today) => new(
        offer.Articulation.Id.Value, offer.Subject.ToString(), offer.Name, offer.College.Id.Value, offer.College.Name, offer.Terms, offer.Credit.EarnedOn, offer.Certificates,
        claim is null ? null : CreditClaimView.Of(claim, today));
}

/// <summary>All of it: a learner's standing badges are few.</summary>
internal sealed record CreditOffersAnswer(IReadOnlyList<CreditOfferView> Offers);

/// <param name="Name">As the college knows you.</param>
/// <param name="Number">Your number at the college, where you have one.</param>
internal sealed record ApplicantBody(string Name, DateOnly BornOn, string? Number = null)
{
    public ApplicantFacts ToFacts() => new(Name, BornOn, Number);
}

/// <param name="Subject">The version of the badge or stack, as the offer names it.</param>
/// <param name="Term">For which you ask, such as <c>2027-fall</c>.</param>
/// <param name="Applicant">For this college alone; sealed, and erased with its decision.</param>
internal sealed record NewCreditClaimRequest(string Learner, string Articulation, string Subject, string Term, ApplicantBody Applicant)
{
    public ClaimRequest ToRequest() => new(PersonId.From(Learner), ArticulationId.From(Articulation), BadgeVersionId.Parse(Subject), Term, Applicant.ToFacts());
}

internal sealed record ClaimWaitView(AwaitedStep For, string? Note, DateOnly Until);

internal sealed record ClaimPostingView(string Course, string Term, GradeType GradeType, string? Grade, decimal Credits, DateTimeOffset At);

/// <summary>A claim as both sides see it: nothing of who the student is.</summary>
/// <param name="Number">By which both sides speak of it.</param>
/// <param name="State">By today's date: a claim whose deadline passed has expired.</param>
/// <param name="Deadline">The last day, whoever has to act; null once it is closed.</param>
/// <param name="BadgeFellAt">When a badge of it was taken back or put on hold; null while all stand.</param>
internal sealed record CreditClaimView(
    string Id, string Number, string CollegeId, string Articulation, int Revision, string Subject, string CourseCode, string CourseTitle, decimal Credits, DateOnly EarnedOn, string Term, ClaimState State,
    ClaimWaitView? Wait, ClaimPostingView? Posting, string? Reason, DateOnly? Deadline, DateTimeOffset MadeAt, DateTimeOffset? EndedAt, DateTimeOffset? BadgeFellAt)
{
    public static CreditClaimView Of(CreditClaim claim, DateOnly today)
    {
        var state = claim.StateOn(today);
        return new(
            claim.Id.Value, ClaimDocuments.NumberOf(claim.Id), claim.College.Value, claim.Articulation.Value, claim.Revision, claim.Subject.ToString(), claim.Terms.CourseCode, claim.Terms.CourseTitle,
            claim.Terms.Credits, claim.EarnedOn, claim.Term, state,
            state == ClaimState.Waiting && claim.Wait is { } wait ? new(wait.For, wait.Note, wait.Until) : null,
            claim.Posting is { } posted ? new(posted.Course, posted.Term, posted.GradeType, posted.Grade, claim.Terms.Credits, posted.At) : null,
            claim.Reason, state is ClaimState.Submitted or ClaimState.Waiting ? claim.Deadline : null, claim.MadeAt, claim.EndedAt, claim.BadgeFellAt);
    }
}

/// <param name="Check">What the verifier says of the signed badge now.</param>
/// <param name="Signed">The signed badge itself, to be checked with your own means.</param>
internal sealed record ApplicationBadgeView(string Name, string Issuer, DateTimeOffset AwardedAt, VerificationAnswer Check, IReadOnlyList<SharedLevelView> Levels, string Signed);

/// <param name="Applicant">As the student entered it for you; null once you have decided.</param>
/// <param name="Terms">What was promised on the day on which it was earned.</param>
/// <param name="Certificates">What a stack asks for beside its badges; look at these yourself.</param>
internal sealed record CreditApplicationView(
    CreditClaimView Claim, ApplicantBody? Applicant, ArticulationTerms Terms, IReadOnlyList<ApplicationBadgeView> Badges, IReadOnlyList<string> Certificates, string Notice)
{
    public static CreditApplicationView Of(CreditApplication application, DateOnly today) => new(
        CreditClaimView.Of(application.Claim.Document, today),
        application.Applicant is { } facts ? new(facts.Name, facts.BornOn, facts.Number) : null,
        application.Claim.Document.Terms,
        [.. application.Badges.Select(badge => new ApplicationBadgeView(
            badge.Name, badge.Issuer, badge.AwardedAt, VerificationAnswer.Of(badge.Check), [.. badge.Levels.Select(level => SharedLevelView.Of(level))], badge.SignedText))],
        application.Certificates,
        SharedRecordView.Words);
}

internal enum ClaimOutcome
{
    Wait,
    Post,
    Decline,
}

/// <summary>An answer to a claim.</summary>
/// <param name="For">With <c>wait</c>: what is missing.</param>
/// <param name="Note">With <c>wait</c> a word to the student, with <c>decline</c> the reason.</param>
/// <param name="Until">With <c>wait</c>: the last day.</param>
/// <param name="Course">With <c>post</c>: the course, if not that of the agreement.</param>
/// <param name="Term">With <c>post</c>: the term, if not the one that was asked for.</param>
/// <param name="GradeType">With <c>post</c>; credit without a mark where left out.</param>
/// <param name="Grade">With <c>post</c>, such as <c>CR</c> or <c>A-</c>.</param>
internal sealed record ClaimAnswerBody(
    ClaimOutcome Outcome, AwaitedStep? For = null, string? Note = null, DateOnly? Until = null, string? Course = null, string? Term = null, GradeType? GradeType = null, string? Grade = null)
{
    /// <exception cref="RefusedException"><c>claim.answer</c>.</exception>
    public ClaimAnswer ToAnswer() => (Outcome, For, Until) switch
    {
        (ClaimOutcome.Wait, { } step, { } until) when Course is null && Term is null && GradeType is null && Grade is null => new ClaimAnswer.Wait(step, Note, until),
        (ClaimOutcome.Post, null, null) when Note is null => new ClaimAnswer.Post(Course, Term, GradeType ?? Core.Sharing.Claims.GradeType.CreditOnly, Grade),
        (ClaimOutcome.Decline, null, null) when Course is null && Term is null && GradeType is null && Grade is null => new ClaimAnswer.Decline(Note ?? ""),
        _ => throw Refused.Invalid("claim.answer", "wait takes for, until and note; post takes course, term, gradeType and grade; decline takes note."),
    };
}

/// <param name="Version">The version that you read, as in an ETag; left out to answer whatever it is.</param>
internal sealed record ClaimAnswerItemBody(string Claim, ClaimAnswerBody Answer, long? Version = null)
{
    public ClaimAnswerItem ToItem() => new(CreditClaimId.From(Claim), Answer.ToAnswer(), Version);
}

internal sealed record ClaimAnswersRequest(IReadOnlyList<ClaimAnswerItemBody> Items);

/// <param name="Code">Why it was refused, as <c>/problems/{code}</c> explains; null when it holds.</param>
internal sealed record ClaimAnswerView(string Claim, ClaimState? State, string? Code, string? Message);

/// <param name="Items">In the order of the request.</param>
internal sealed record ClaimAnswersAnswer(int Answered, int Refused, IReadOnlyList<ClaimAnswerView> Items);
