using System.Collections.Immutable;
using System.Security.Cryptography;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// A sample of decisions is scored a second time by somebody who could have decided and has not seen the verdict. Nothing is replaced by it; where the two
/// differ, people talk.
/// </summary>
public sealed class ModerationWorkflow(Commits commits, Assignments assignments, Authority authority, TimeProvider clock)
{
    private const int MaxReported = 5_000;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Adds the decision to the sample, in its own commit, when the school's share and the keyed hash say so.</summary>
    public static async Task ChooseAsync(IDocumentStore store, Changes changes, Submission decided, Decision decision, int percent, int days, CancellationToken cancellationToken)
    {
        if (percent == 0 || decision.Ratings.IsEmpty)
        {
            return;
        }

        var key = await store.FindAsync(ModerationDocuments.Keys, "sample", cancellationToken);
        if (key is null)
        {
            // Two who make it at once: one wins, the other begins its decision again.
            key = new(new("sample", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), "sample", 0);
            changes.Add(ModerationDocuments.Keys, key.Document);
        }

        if (Moderation.IsChosen(Convert.FromBase64String(key.Document.Secret), decision.Id, percent))
        {
            changes.Add(
                ModerationDocuments.Kind,
                new(decision.Id, decided.Id, decided.LastAttempt!.Number, decided.Organization, decided.Badge, decided.Learner, decision.Assessor.Person, decision.Ratings, decision.DecidedAt) { ReadBy = decision.DecidedAt.AddDays(days) });
        }
    }

    /// <summary>What waits at a school for a second reader who could have decided it: the actor; nothing of the first verdict is in it.</summary>
    public async Task<Page<Moderation>> WaitingAsync(Actor actor, OrganizationId school, Func<DocumentQuery<Moderation>, DocumentQuery<Moderation>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, [Role.Teacher, .. Offices.Records], cancellationToken);
        var found = await store.QueryAsync(ModerationDocuments.Kind, page(ModerationDocuments.Waiting.Where(school.Value).From(clock.Now())), cancellationToken);
        var theirs = new List<Read<Moderation>>();
        foreach (var read in found.Items)
        {
            if (await MayReadAsync(actor, read.Document, cancellationToken) is not null)
            {
                theirs.Add(read);
            }
        }

        return new(theirs, found.Next);
    }

    /// <summary>The work to be scored, as it was turned in and without anything that anybody has said about it.</summary>
    /// <exception cref="RefusedException"><c>moderation.not-found</c>.</exception>
    public async Task<(Moderation Moderation, Attempt Work)> OpenAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await TheirsAsync(actor, id, cancellationToken);
        var submission = (await store.GetAsync(SubmissionDocuments.Kind, read.Document.Submission.Value, "moderation", cancellationToken)).Document;
        var attempt = submission.Attempts.First(attempt => attempt.Number == read.Document.Attempt);
        return (read.Document, attempt with { Decisions = [], Ratings = [], CoSignature = null });
    }

    /// <summary>The second reader's levels. What was decided stays; where they differ about a level being reached, a talk is due.</summary>
    /// <exception cref="RefusedException"><c>moderation.not-found</c>, those of <see cref="Moderation.Read"/> and of <see cref="Assignments.RequireAsync(Actor, AssessedWork, BadgeDefinition, CancellationToken)"/>.</exception>
    public Task<Moderation> ReadAsync(Actor actor, string id, ImmutableArray<CompetencyRating> levels, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var read = await store.GetAsync(ModerationDocuments.Kind, id, "moderation", token);
            var badge = await store.VersionAsync(read.Document.Badge, token);
            var assignment = await MayReadAsync(actor, read.Document, token) ?? throw Refused.NotFound("moderation");
            var scored = read.Document.Read(badge, actor.Person, levels, clock.Now());
            return new Outcome<Moderation>(assignment.RequireIn(new Changes()).Replace(ModerationDocuments.Kind, read, scored), scored, id);
        },
        async (result, token) => (await store.GetAsync(ModerationDocuments.Kind, result, "moderation", token)).Document,
        cancellationToken);

    /// <summary>Either reader, or the office, says what the talk came to. A mistaken decision is corrected by a correction, with a reason.</summary>
    /// <exception cref="RefusedException"><c>moderation.not-found</c>, <c>moderation.no-talk</c>, <c>moderation.outcome</c>.</exception>
    public Task<Moderation> CloseAsync(Actor actor, string id, string outcome, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var read = await store.GetAsync(ModerationDocuments.Kind, id, "moderation", token);
            var isReader = actor.Person == read.Document.FirstReader || actor.Person == read.Document.SecondReader;
            var role = await authority.FindAsync(actor, read.Document.Organization, isReader ? [Role.Teacher, .. Offices.Records] : Offices.Records, token) ?? throw Refused.NotFound("moderation");
            var closed = read.Document.Close(outcome);
            return new Outcome<Moderation>(new Changes().Replace(ModerationDocuments.Kind, read, closed).Require(MembershipDocuments.Kind, role), closed, id);
        },
        async (result, token) => (await store.GetAsync(ModerationDocuments.Kind, result, "moderation", token)).Document,
        cancellationToken);

    /// <summary>Agreement at a school over its latest 5,000 second readings. For its office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<ModerationReport> ReportAsync(Actor actor, OrganizationId school, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Records, cancellationToken);
        var page = await store.QueryAsync(ModerationDocuments.Kind, ModerationDocuments.ByOrganization.Where(school.Value).Descending().Take(MaxReported), cancellationToken);
        var read = page.Documents.Where(one => one.SecondReader is not null).ToList();
        var badges = await store.VersionsAsync(read.Select(one => one.Badge), cancellationToken);
        var now = clock.Now();
        return ModerationReport.Of(read, badges) with { Waiting = page.Documents.Count(one => one.IsOpenAt(now)), Lapsed = page.Documents.Count(one => one.State == ModerationState.Waiting && !one.IsOpenAt(now)) };
    }

    private async Task<Read<Moderation>> TheirsAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ModerationDocuments.Kind, id, "moderation", cancellationToken);
        return read.Document.IsOpenAt(clock.Now()) && await MayReadAsync(actor, read.Document, cancellationToken) is not null
            ? read
            : throw Refused.NotFound("moderation");
    }

    // Whoever could have decided, except who did or rated, under whichever record.
    private async Task<Assignment?> MayReadAsync(Actor actor, Moderation moderation, CancellationToken cancellationToken)
    {
        var work = await store.GetAsync(SubmissionDocuments.Kind, moderation.Submission.Value, "moderation", cancellationToken);
        var records = await store.RecordsOfAsync(actor.Person, cancellationToken);
        if (moderation.HasJudged(work.Document, [.. records.Select(record => record.Document.Id)]))
        {
            return null;
        }

        try
        {
            var badge = await store.VersionAsync(moderation.Badge, cancellationToken);
            return await assignments.RequireAsync(actor, new AssessedWork(moderation.Learner, moderation.Organization, moderation.Badge.Slug), badge, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Forbidden or RefusalKind.NotFound)
        {
            return null;
        }
    }
}
