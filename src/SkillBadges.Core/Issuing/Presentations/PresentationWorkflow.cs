using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Issuing.Presentations;

/// <summary>Asks whoever shows a credential to prove that it is theirs, and checks the answer once.</summary>
public sealed class PresentationWorkflow(Commits commits, InstanceVerifier verifier, InstanceAddress address, TimeProvider clock)
{
    /// <summary>A new question: 128 random bits, which are not kept, and what is.</summary>
    /// <param name="domain">Whom the answer is for; null for this instance, by its base URL.</param>
    /// <exception cref="RefusedException"><c>presentation-challenge.domain</c>.</exception>
    public async Task<(string Challenge, PresentationChallenge Asked)> AskAsync(string? domain, CancellationToken cancellationToken)
    {
        if (domain is not null && (domain.Length is 0 or > PresentationChallenge.LongestDomain || domain.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))))
        {
            throw Refused.Invalid("presentation-challenge.domain", $"The domain is a name such as employer.example, of at most {PresentationChallenge.LongestDomain} characters and without spaces.");
        }

        var challenge = NewId.Random();
        var asked = new PresentationChallenge(PresentationChallenge.IdOf(challenge), domain ?? address.BaseUrl, clock.Now() + PresentationChallenge.Lifetime);
        await commits.Store.CommitAsync(new Changes().Add(PresentationChallengeDocuments.Kind, asked), cancellationToken);
        return (challenge, asked);
    }

    /// <summary>What comes of the answer. The question is spent before it is looked at, so that no answer, good or bad, counts twice.</summary>
    /// <exception cref="RefusedException">
    /// <c>presentation-challenge.not-found</c>, <c>presentation-challenge.expired</c> or <c>presentation-challenge.used</c>. That the answer is to another
    /// question or for somebody else is in the report.
    /// </exception>
    public async Task<VerificationReport> CheckAsync(ReadOnlyMemory<byte> answer, string challenge, CancellationToken cancellationToken)
    {
        var asked = await commits.RunAsync(
            async attemptToken =>
            {
                var read = await commits.Store.FindAsync(PresentationChallengeDocuments.Kind, PresentationChallenge.IdOf(challenge), attemptToken) ?? throw Refused.NotFound("presentation-challenge");
                var used = read.Document.Use(clock.Now());
                return new Outcome<PresentationChallenge>(new Changes().Replace(PresentationChallengeDocuments.Kind, read, used), used, read.Id);
            },
            cancellationToken);
        return await verifier.VerifyAsync(answer, new PresentationExpectation(challenge, asked.Domain), cancellationToken);
    }
}
