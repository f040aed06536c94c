using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>One of many answers.</summary>
/// <param name="IfMatch">The version that was read, or null.</param>
public sealed record ClaimAnswerItem(CreditClaimId Claim, ClaimAnswer Answer, long? IfMatch);

/// <summary>What became of one of many answers.</summary>
/// <param name="Code">Why it was refused; null when it holds.</param>
public sealed record ClaimAnswerResult(CreditClaimId Claim, ClaimState? State, string? Code, string? Message);

/// <summary>A college answers claims, one or many; what the student entered for it is erased with the decision, and proof of credit that the college signs is recorded, in the same commit.</summary>
public sealed class ClaimAnswering(Commits commits, ClaimAccess access, ClaimApplicants applicants, ClaimProof proof)
{
    public const int MaxItems = 200;

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>claim.not-found</c>, <c>claim.own</c>, <c>claim.decided</c>, <c>claim.expired</c>, <c>claim.badge-fell</c>, <c>claim.deadline</c>, <c>claim.note</c>, <c>claim.posting</c>, <c>claim.term</c>, <c>request.stale</c>.
    /// </exception>
    public Task<Read<CreditClaim>> AnswerAsync(Actor actor, ClaimAnswerItem item, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var (changes, now) = (new Changes(), applicants.Now);
            var read = (await access.ReadAtCollegeAsync(actor, item.Claim, changes, attemptToken)).MustBe(item.IfMatch);
            var (claim, today) = (read.Document, await applicants.TodayAsync(read.Document, attemptToken));
            var answered = item.Answer switch
            {
                ClaimAnswer.Wait wait => claim.WaitFor(new(wait.For, wait.Note, wait.Until), today),
                ClaimAnswer.Post post => claim.Post(new(post.Course ?? claim.Terms.CourseCode, post.Term ?? claim.Term, post.GradeType, post.Grade, actor.Person, now), today),
                ClaimAnswer.Decline decline => claim.Decline(decline.Reason, today, now),
                _ => throw new InvalidOperationException("No such answer."),
            };
            changes.NotifyStudent(answered, answered.State == ClaimState.Posted ? NoticeKind.CreditPosted : NoticeKind.CreditAnswered, now);
            if (answered.IsOpen)
            {
                changes.SendDeadlines(answered, now);
            }
            else
            {
                await applicants.EraseAsync(item.Claim, changes, attemptToken);
            }

            if (answered.State == ClaimState.Posted)
            {
                await access.RequireStandingAsync(answered, changes, attemptToken);
                await proof.PrepareAsync(answered, changes, attemptToken);
            }

            return changes.Replacing(ClaimDocuments.Kind, read, answered);
        },
        (id, token) => store.GetAsync(ClaimDocuments.Kind, id, "claim", token),
        cancellationToken);

    /// <summary>Many at once, each with a commit and an answer of its own; one that is refused holds up no other.</summary>
    /// <param name="actor">Of the college's office, or refused there.</param>
    /// <param name="items">1 to 200, about different claims.</param>
    /// <param name="key">Makes a repetition the same request, claim by claim.</param>
    /// <param name="cancellationToken">Leaves open how many were answered; the same request, sent again, goes on.</param>
    /// <exception cref="RefusedException"><c>claim.many</c>.</exception>
    public async Task<IReadOnlyList<ClaimAnswerResult>> AnswerManyAsync(Actor actor, IReadOnlyList<ClaimAnswerItem> items, RequestKey? key, CancellationToken cancellationToken)
    {
        if (items.Count is < 1 or > MaxItems || items.DistinctBy(item => item.Claim).Count() != items.Count)
        {
            throw Refused.Invalid("claim.many", $"One request answers 1 to {MaxItems} claims, each once.");
        }

        var results = new List<ClaimAnswerResult>(items.Count);
        foreach (var item in items)
        {
            results.Add(await OneAsync(actor, item, key is null ? null : key with { Key = $"{key.Key}/{item.Claim}" }, cancellationToken));
        }

        return results;
    }

    private async Task<ClaimAnswerResult> OneAsync(Actor actor, ClaimAnswerItem item, RequestKey? key, CancellationToken cancellationToken)
    {
        try
        {
            return new(item.Claim, (await AnswerAsync(actor, item, key, cancellationToken)).Document.State, null, null);
        }
        catch (RefusedException refused) when (refused.Kind != RefusalKind.Unavailable)
        {
            return new(item.Claim, null, refused.Code, refused.Message);
        }
    }
}
