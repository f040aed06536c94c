using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>A badge as the college sees it.</summary>
/// <param name="Check">What the verifier says of the signed badge now.</param>
/// <param name="SignedText">The signed badge itself, so that the college can check it with its own means.</param>
public sealed record ApplicationBadge(string Name, string Issuer, DateTimeOffset AwardedAt, VerificationReport Check, ImmutableArray<SharedLevel> Levels, string SignedText);

/// <param name="Applicant">Null once the claim is decided.</param>
/// <param name="Certificates">What a stack asks for beside its badges, for the college to look at.</param>
public sealed record CreditApplication(Read<CreditClaim> Claim, ApplicantFacts? Applicant, ImmutableArray<ApplicationBadge> Badges, ImmutableArray<string> Certificates);

/// <summary>Shows claims to the college's office. The rows that student and family read are written in the commit that comes before anything leaves.</summary>
public sealed class ClaimOpening(Commits commits, Authority authority, ClaimAccess access, ClaimGrounds grounds, ClaimApplicants applicants, HeldCredentialCheck check)
{
    private const int RosterPage = 200;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>One claim with all that was shared for it, while it is open or posted.</summary>
    /// <exception cref="RefusedException"><c>claim.not-found</c>, <c>claim.own</c>, <c>claim.decided</c>, <c>claim.consent-missing</c>.</exception>
    public Task<CreditApplication> OpenAsync(Actor actor, CreditClaimId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            var read = await access.ReadAtCollegeAsync(actor, id, changes, attemptToken);
            var claim = read.Document;
            if (!claim.IsLive || claim.StateOn(await applicants.TodayAsync(claim, attemptToken)) == ClaimState.Expired)
            {
                throw Refused.Conflict("claim.decided", "This claim is closed: it was declined, taken back or has run out, and shows nothing more.");
            }

            changes.Require(ClaimDocuments.Kind, read);
            await DiscloseAsync(actor, claim, changes, attemptToken);
            var stack = claim.Kind == Definitions.Articulations.ArticulatedKind.Stack ? await store.FindAsync(StackDocuments.Versions, claim.Subject.ToString(), attemptToken) : null;
            var application = new CreditApplication(
                read, await applicants.FindAsync(id, attemptToken), await BadgesAsync(claim, attemptToken), [.. stack?.Document.Certificates.Select(needed => needed.Name) ?? []]);
            return new Outcome<CreditApplication>(changes, application, id.Value);
        },
        cancellationToken);

    /// <summary>A college's claims without a word of who the students are, in the order of <see cref="ClaimShelf.Query"/>.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<CreditClaim>> ListAsync(Actor actor, ClaimShelf shelf, Func<DocumentQuery<CreditClaim>, DocumentQuery<CreditClaim>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, shelf.College, Offices.Registry, cancellationToken);
        RequireKnown(shelf);
        var found = await store.QueryAsync(ClaimDocuments.Kind, page(shelf.Query()), cancellationToken);

        // An agreement is named by its id alone: those of another college are not this one's.
        return new([.. found.Items.Where(read => read.Document.College == shelf.College)], found.Next);
    }

    /// <summary>All of them with what the students of open claims entered, page by page, for a list on paper or in a table: a row is written for each of these before the page leaves.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async IAsyncEnumerable<IReadOnlyList<(CreditClaim Claim, ApplicantFacts? Applicant)>> RosterAsync(
        Actor actor, ClaimShelf shelf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? from = null;
        do
        {
            var place = from;
            (var lines, from) = await RosterPageAsync(actor, shelf, query => query.Take(RosterPage).After(place), cancellationToken);
            yield return lines;
        }
        while (from is not null);
    }

    private Task<(IReadOnlyList<(CreditClaim Claim, ApplicantFacts? Applicant)> Lines, string? Next)> RosterPageAsync(
        Actor actor, ClaimShelf shelf, Func<DocumentQuery<CreditClaim>, DocumentQuery<CreditClaim>> page, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var found = await ListAsync(actor, shelf, page, attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, await authority.RequireAsync(actor, shelf.College, Offices.Registry, attemptToken));
            var today = await applicants.TodayAsync(shelf.College, attemptToken);
            var lines = new List<(CreditClaim, ApplicantFacts?)>();
            foreach (var read in found.Items)
            {
                lines.Add((read.Document, await ApplicantAsync(actor, read, today, changes, attemptToken)));
            }

            return new Outcome<(IReadOnlyList<(CreditClaim, ApplicantFacts?)>, string?)>(changes, (lines, found.Next), shelf.College.Value);
        },
        cancellationToken);

    // Null where the claim is closed, or where the consent that it rests on has ended: then nothing of it leaves.
    private async Task<ApplicantFacts?> ApplicantAsync(Actor actor, Read<CreditClaim> read, DateOnly today, Changes changes, CancellationToken cancellationToken)
    {
        if (read.Document.StateOn(today) is not (ClaimState.Submitted or ClaimState.Waiting))
        {
            return null;
        }

        try
        {
            await DiscloseAsync(actor, read.Document, changes, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Code == "claim.consent-missing")
        {
            return null;
        }

        changes.Require(ClaimDocuments.Kind, read);
        return await applicants.FindAsync(read.Document.Id, cancellationToken);
    }

    private async Task DiscloseAsync(Actor actor, CreditClaim claim, Changes changes, CancellationToken cancellationToken)
    {
        var now = applicants.Now;
        foreach (var ground in await grounds.OfAsync(claim, cancellationToken))
        {
            ground.Require(changes);
            var shown = claim.Badges.Count(badge => badge.Issuer == ground.Rights.RecordKeeper.Id);
            changes.Disclose(new(
                NewId.Ordered(now), ground.Rights.Learner.Document.Id, ground.Rights.RecordKeeper.Id, actor.Person, claim.College,
                ground.Consent is null ? DisclosureBasis.LearnersOwn : DisclosureBasis.Consent, 0, now)
            {
                Door = DisclosureDoor.CreditClaim, Credentials = shown, Through = claim.Id.Value, Consent = ground.Consent?.Id,
            });
        }
    }

    private async Task<ImmutableArray<ApplicationBadge>> BadgesAsync(CreditClaim claim, CancellationToken cancellationToken)
    {
        var badges = ImmutableArray.CreateBuilder<ApplicationBadge>();
        foreach (var claimed in claim.Badges)
        {
            var award = (await store.GetAsync(AwardDocuments.Kind, claimed.Award.Value, "award", cancellationToken)).Document;
            var badge = await store.VersionAsync(claimed.Badge, cancellationToken);
            var issuer = (await store.GetAsync(OrganizationDocuments.Kind, claimed.Issuer.Value, "organization", cancellationToken)).Document;
            var signed = (await store.GetAsync(SignedCredentialDocuments.Kind, claimed.Credential.Value, "award", cancellationToken)).Document.Form(SignedForm.EddsaRdfc2022)!;
            var decided = (await store.WholeAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(award.Decision), cancellationToken)).Documents.ToList();
            var places = await SharedLevel.PlacesAsync(store, decided, cancellationToken);
            var report = await check.VerifyAsync(claimed.Credential.Value, cancellationToken);
            badges.Add(new(badge.Name, issuer.Name, award.AwardedAt, report!, [.. award.Levels.Select(level => SharedLevel.Of(badge, level, decided, places))], signed.Text));
        }

        return badges.ToImmutable();
    }

    private static void RequireKnown(ClaimShelf shelf)
    {
        if (shelf.Term is { } term)
        {
            CollegeTerm.Require(term);
        }
    }
}
