using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>What a student asks for.</summary>
/// <param name="Subject">The version of the badge or stack, as the offer names it.</param>
/// <param name="Term">Such as <c>2027-fall</c>.</param>
public sealed record ClaimRequest(PersonId Learner, ArticulationId Articulation, BadgeVersionId Subject, string Term, ApplicantFacts Applicant);

/// <summary>Students and families ask colleges for the credit that was promised, and take claims back.</summary>
public sealed class ClaimWorkflow(Commits commits, CreditOffers offers, ClaimGrounds grounds, ClaimAccess access, ClaimApplicants applicants)
{
    private const int MostTold = 5;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>What counts where for a learner, each with the claim that was made of it last.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<IReadOnlyList<(CreditOffer Offer, CreditClaim? Claim)>> OffersAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        var people = await access.RequireStudentsAsync(actor, learner, cancellationToken);
        var made = await MadeAsync(people, cancellationToken);
        return
        [
            .. (await offers.OfAsync(people, cancellationToken)).Select(offer =>
                (offer, made.Select(read => read.Document).Where(claim => claim.Articulation == offer.Articulation.Id && claim.Subject == offer.Subject).MaxBy(claim => claim.MadeAt))),
        ];
    }

    /// <summary>A learner's claims, latest first, for the learner and the family.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<CreditClaim>> ListAsync(Actor actor, PersonId learner, Func<DocumentQuery<CreditClaim>, DocumentQuery<CreditClaim>> page, CancellationToken cancellationToken)
    {
        var people = await access.RequireStudentsAsync(actor, learner, cancellationToken);
        return await store.QueryAsync(ClaimDocuments.Kind, page(ClaimDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]).Descending()), cancellationToken);
    }

    /// <summary>Makes a claim. It holds what was promised on the day on which the badge was earned.</summary>
    /// <exception cref="RefusedException">
    /// <c>learner.not-found</c>, <c>consent.not-yours</c>, <c>claim.no-promise</c>, <c>claim.consent-missing</c>, <c>claim.made-already</c>, <c>claim.badge-fell</c>, <c>claim.term</c>,
    /// <c>claim.applicant</c>.
    /// </exception>
    public Task<Read<CreditClaim>> MakeAsync(Actor actor, ClaimRequest request, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = applicants.Now;
            var people = await access.RequireStudentsAsync(actor, request.Learner, attemptToken);
            var offer = (await offers.OfAsync(people, attemptToken)).FirstOrDefault(offer => offer.Articulation.Id == request.Articulation && offer.Subject == request.Subject)
                ?? throw Refused.Conflict("claim.no-promise", "No standing badge of this student was earned while this agreement held, with the levels that it asks for.");
            var today = offer.College.DayOf(now);
            var claim = new CreditClaim(
                CreditClaimId.New(now), request.Learner, offer.College.Id, offer.Articulation.Id, offer.Credit.Revision.Number, offer.Articulation.Kind, offer.Subject, offer.Terms, offer.Credit.EarnedOn,
                [.. offer.Awards.Select(read => new ClaimedBadge(read.Document.Id, read.Document.Credential, read.Document.Badge, read.Document.Learner, read.Document.Organization))],
                CollegeTerm.Require(request.Term), today.AddDays(CreditClaim.MaxDaysUnanswered), actor.Person, now) { RemindedOn = today };
            var changes = new Changes();
            await RequireFirstAsync(claim, people, today, changes, attemptToken);
            await grounds.RequireAsync(actor, claim, changes, attemptToken);
            await access.RequireStandingAsync(claim, changes, attemptToken);
            applicants.Keep(claim, request.Applicant.Checked(today), changes);
            changes.SendDeadlines(claim, now);
            await changes.NotifyRolesAsync(store, claim.College, Offices.Registry, MostTold, NoticeKind.CreditClaimed, claim.Id.Value, now, attemptToken);
            return changes.Adding(ClaimDocuments.Kind, claim);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Takes a claim back; what was entered for the college is erased at once.</summary>
    /// <exception cref="RefusedException"><c>claim.not-found</c>, <c>claim.decided</c>, <c>claim.expired</c>, <c>request.stale</c>.</exception>
    public Task<Read<CreditClaim>> WithdrawAsync(Actor actor, CreditClaimId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await access.ReadOwnAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var withdrawn = read.Document.Withdraw(await applicants.TodayAsync(read.Document, attemptToken), applicants.Now);
            var changes = new Changes();
            await applicants.EraseAsync(id, changes, attemptToken);
            return changes.Replacing(ClaimDocuments.Kind, read, withdrawn);
        },
        ReplayAsync,
        cancellationToken);

    // The unique paths hold this for one person; here it holds for everyone who is the same learner. A claim that ran out makes room.
    private async Task RequireFirstAsync(CreditClaim claim, IReadOnlyList<PersonId> people, DateOnly today, Changes changes, CancellationToken cancellationToken)
    {
        foreach (var earlier in (await MadeAsync(people, cancellationToken)).Where(read => read.Document.IsLive && read.Document.Articulation == claim.Articulation))
        {
            if (earlier.Document.StateOn(today) == ClaimState.Expired)
            {
                changes.Replace(ClaimDocuments.Kind, earlier, earlier.Document.RunOut(today, applicants.Now));
                await applicants.EraseAsync(earlier.Document.Id, changes, cancellationToken);
            }
            else if (earlier.Document.Subject == claim.Subject || earlier.Document.Terms.CourseCode == claim.Terms.CourseCode)
            {
                throw Refused.Conflict("claim.made-already", "This credit was claimed already under this agreement; it is open or posted.");
            }
        }
    }

    private async Task<IReadOnlyList<Read<CreditClaim>>> MadeAsync(IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        (await store.WholeAsync(ClaimDocuments.Kind, ClaimDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken)).Items;

    private Task<Read<CreditClaim>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(ClaimDocuments.Kind, id, "claim", cancellationToken);
}
