using SkillBadges.Core.Definitions;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Papers;

/// <summary>The papers of internships: the office fills them in, the parties sign, and the coordinator is told what is missing.</summary>
public sealed class PapersWorkflow(Commits commits, Authority authority, FamilyRights family, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Seen by the parties: learner, supervisor, guardian, school.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>.</exception>
    public async Task<Read<InternshipPapers>> ReadAsync(Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        var placement = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken);
        return await PartyAsync(actor, placement.Document, new Changes(), cancellationToken) is not null ? await PapersAsync(id, cancellationToken) : throw Refused.NotFound("placement");
    }

    /// <exception cref="RefusedException"><c>placement.not-found</c>.</exception>
    public async Task<IReadOnlyList<Missing>> MissingAsync(Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        var papers = await ReadAsync(actor, id, cancellationToken);
        return await MissingAsync(papers.Document, (await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken)).Document, cancellationToken);
    }

    /// <param name="actor">Works in the office of the placement's school.</param>
    /// <param name="id">The internship.</param>
    /// <param name="entries">All of it; what is left out is gone.</param>
    /// <param name="ifMatch">The version that the actor read; 0 when there was none yet.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="InternshipPapers.Fill"/>.</exception>
    public Task<Read<InternshipPapers>> FillAsync(Actor actor, PlacementId id, PaperEntries entries, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, null, officeOnly: true, async (placement, papers, _, attemptToken) =>
        {
            var orders = (await store.CurrentVersionsAsync(placement.Badges, attemptToken)).SelectMany(HazardousOrders.Of);
            return papers.Fill(entries, placement, orders, await TodayAsync(placement, attemptToken), actor.Person);
        }, cancellationToken);

    /// <summary>Signs with the actor's account, as the party that they are.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>placement.no-agreement</c>.</exception>
    public Task<Read<InternshipPapers>> SignAsync(Actor actor, PlacementId id, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, null, key, officeOnly: false, async (placement, papers, party, attemptToken) =>
            papers.Sign(new(party, await TodayAsync(placement, attemptToken), actor.Person, null, null)), cancellationToken);

    /// <summary>Records that a party has signed on paper.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>role.missing</c>, <c>placement.no-agreement</c>, <c>placement.papers</c> for a day to come.</exception>
    public Task<Read<InternshipPapers>> RecordAsync(Actor actor, PlacementId id, AgreementParty party, DateOnly signedOn, Sha256Digest? file, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, null, key, officeOnly: true, async (placement, papers, _, attemptToken) => signedOn <= await TodayAsync(placement, attemptToken)
            ? papers.Sign(new(party, signedOn, null, file, actor.Person))
            : throw Refused.Invalid("placement.papers", "A paper was signed today or earlier."), cancellationToken);

    /// <summary>Tells the coordinator if something is missing, unless they have such a notice that they have not read. Handles <see cref="PaperDocuments.Topic"/>.</summary>
    public Task RemindAsync(PlacementId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            var placement = await store.FindAsync(PlacementDocuments.Kind, id.Value, attemptToken);
            var papers = await PapersAsync(id, attemptToken);
            if (placement is not null && placement.Document.To > clock.Now() && papers.Document.Coordinator is { } coordinator
                && (await MissingAsync(papers.Document, placement.Document, attemptToken)).Count > 0
                && !(await store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.Unread.Where(coordinator.Value).Descending().Take(500), attemptToken)).Documents
                    .Any(notice => notice.Kind == NoticeKind.PaperworkMissing && notice.About == id.Value))
            {
                changes.Notify(coordinator, NoticeKind.PaperworkMissing, id.Value, clock.Now());
            }

            return new Outcome<bool>(changes, true, id.Value);
        },
        cancellationToken);

    private Task<Read<InternshipPapers>> ChangeAsync(
        Actor actor,
        PlacementId id,
        long? ifMatch,
        RequestKey? key,
        bool officeOnly,
        Func<Placement, InternshipPapers, AgreementParty, CancellationToken, Task<InternshipPapers>> change,
        CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var placement = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", attemptToken);
            var changes = new Changes().Require(PlacementDocuments.Kind, placement);
            var party = await PartyAsync(actor, placement.Document, changes, attemptToken) ?? throw Refused.NotFound("placement");
            if (party == AgreementParty.School || officeOnly)
            {
                changes.Require(MembershipDocuments.Kind, await authority.RequireAsync(actor, placement.Document.School, Offices.Records, attemptToken));
            }

            var papers = (await PapersAsync(id, attemptToken)).MustBe(ifMatch);
            var changed = await change(placement.Document, papers.Document, party, attemptToken);
            changes = papers.Version == 0 ? changes.Add(PaperDocuments.Kind, changed) : changes.Replace(PaperDocuments.Kind, papers, changed);
            return new Outcome<Read<InternshipPapers>>(changes, papers.Became(changed), id.Value);
        },
        (_, replayToken) => PapersAsync(id, replayToken),
        cancellationToken);

    // As which party the actor could sign; null for whom it is none of their business. A pass is no account, so it signs no agreement. What makes them that party goes into the requirements.
    private async Task<AgreementParty?> PartyAsync(Actor actor, Placement placement, Changes changes, CancellationToken cancellationToken)
    {
        if (actor.IsLimited)
        {
            return null;
        }

        if (placement.Learner == actor.Person)
        {
            return AgreementParty.Student;
        }

        if (await authority.FindAsync(actor, placement.School, Offices.Records, cancellationToken) is { } office)
        {
            changes.Require(MembershipDocuments.Kind, office);
            return AgreementParty.School;
        }

        Role[] speaking = placement.Supervisor == actor.Person ? [Role.Supervisor, Role.Employer, Role.OrganizationAdmin] : [Role.Employer, Role.OrganizationAdmin];
        if (await authority.FindAsync(actor, placement.Employer, speaking, cancellationToken) is { } employer)
        {
            changes.Require(MembershipDocuments.Kind, employer);
            return AgreementParty.Employer;
        }

        if (!(await family.RecordKeepersAsync(actor, [placement.Learner], cancellationToken)).Contains(placement.School))
        {
            return null;
        }

        var guarded = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.Where(actor.Person.Value).Descending(), cancellationToken);
        foreach (var guardianship in guarded.Items.Where(read => read.Document.Learner == placement.Learner && read.Document.RecordKeeper == placement.School))
        {
            changes.Require(GuardianshipDocuments.Kind, guardianship);
        }

        return AgreementParty.Guardian;
    }

    private async Task<Read<InternshipPapers>> PapersAsync(PlacementId id, CancellationToken cancellationToken) =>
        await store.FindAsync(PaperDocuments.Kind, id.Value, cancellationToken) ?? new(new(id, null), id.Value, 0);

    private async Task<IReadOnlyList<Missing>> MissingAsync(InternshipPapers papers, Placement placement, CancellationToken cancellationToken) =>
        [.. MissingPapers.Of(papers, placement, await store.CurrentVersionsAsync(placement.Badges, cancellationToken), await TodayAsync(placement, cancellationToken))];

    private async Task<DateOnly> TodayAsync(Placement placement, CancellationToken cancellationToken) =>
        (await store.GetAsync(OrganizationDocuments.Kind, placement.School.Value, "organization", cancellationToken)).Document.DayOf(clock.Now());
}
