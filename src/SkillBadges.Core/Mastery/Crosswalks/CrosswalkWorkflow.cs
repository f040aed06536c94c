using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Mastery.Crosswalks;

/// <summary>A new crosswalk as one side proposes it.</summary>
public sealed record NewCrosswalk(string From, string To, CrosswalkPurpose Purpose, OrganizationId Giver, OrganizationId Receiver, CrosswalkTerms Terms);

/// <summary>Two organizations agree what levels become; each side's office speaks for it.</summary>
public sealed class CrosswalkWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Of the office of one side.</param>
    /// <param name="organization">That side; it says yes to its own wording.</param>
    /// <param name="asked">The sides, the scales and the wording.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>organization.not-found</c>, <c>scale.not-found</c>, <c>crosswalk.sides</c>, <c>crosswalk.exists</c>, and those of <see cref="Crosswalk.Propose"/>.
    /// </exception>
    public Task<Read<Crosswalk>> ProposeAsync(Actor actor, OrganizationId organization, NewCrosswalk asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var changes = new Changes();
            var by = await AgreementApproval.OfAsync(authority, actor, organization, clock.Now(), changes, attemptToken);
            foreach (var side in new[] { asked.Giver, asked.Receiver })
            {
                if ((await OrganizationAsync(side, attemptToken)).Kind is OrganizationKind.Employer or OrganizationKind.IndustryBody)
                {
                    throw Refused.Invalid("crosswalk.sides", "A crosswalk is between schools, districts, colleges or state offices.");
                }
            }

            if (asked.From == asked.To || (asked.Giver == asked.Receiver && asked.Purpose == CrosswalkPurpose.CarryOver))
            {
                throw Refused.Invalid("crosswalk.sides", "A crosswalk leads from one scale to another, and carries levels over from one organization to another.");
            }

            var sides = CrosswalkDocuments.BySides.Where(asked.From, asked.To, asked.Purpose.Term(), asked.Giver.Value, asked.Receiver.Value);
            if (await store.FirstAsync(CrosswalkDocuments.Kind, sides, attemptToken) is not null)
            {
                throw Refused.Conflict("crosswalk.exists", "These two sides have a crosswalk between these scales for this purpose; please propose another wording of it.");
            }

            var crosswalk = new Crosswalk(CrosswalkId.New(clock.Now()), asked.From, asked.To, asked.Purpose, asked.Giver, asked.Receiver);
            return changes.Audit(organization, actor, ActKind.AgreementProposed, crosswalk.Id.Value, by.At).Adding(CrosswalkDocuments.Kind, await ProposedAsync(crosswalk, asked.Terms, by, attemptToken));
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Proposes another wording; the one that holds goes on until both sides said yes to it.</summary>
    /// <exception cref="RefusedException"><c>crosswalk.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Crosswalk.Propose"/>.</exception>
    public Task<Read<Crosswalk>> ReviseAsync(Actor actor, CrosswalkId id, OrganizationId organization, CrosswalkTerms terms, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementProposed, ifMatch, key, (crosswalk, by, attemptToken) => ProposedAsync(crosswalk, terms, by, attemptToken), cancellationToken);

    /// <exception cref="RefusedException"><c>crosswalk.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Crosswalk.Approve"/>.</exception>
    public Task<Read<Crosswalk>> ApproveAsync(Actor actor, CrosswalkId id, OrganizationId organization, int revision, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementMade, ifMatch, key, async (crosswalk, by, attemptToken) => crosswalk.Approve(revision, by, await TodayAsync(crosswalk, attemptToken)), cancellationToken);

    /// <exception cref="RefusedException"><c>crosswalk.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Crosswalk.End"/>.</exception>
    public Task<Read<Crosswalk>> EndAsync(Actor actor, CrosswalkId id, OrganizationId organization, DateOnly lastDay, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementEnded, ifMatch, key, async (crosswalk, by, attemptToken) => crosswalk.End(lastDay, by, await TodayAsync(crosswalk, attemptToken)), cancellationToken);

    /// <summary>The day at the receiver, where it is used.</summary>
    public async Task<DateOnly> TodayAsync(Crosswalk crosswalk, CancellationToken cancellationToken) => (await OrganizationAsync(crosswalk.Receiver, cancellationToken)).DayOf(clock.Now());

    /// <summary>As <see cref="TodayAsync"/>, by receiver.</summary>
    public Task<IReadOnlyDictionary<OrganizationId, DateOnly>> TodaysAsync(IEnumerable<Crosswalk> crosswalks, CancellationToken cancellationToken) =>
        store.DaysAsync(crosswalks.Select(crosswalk => crosswalk.Receiver), clock.Now(), cancellationToken);

    private Task<Read<Crosswalk>> ChangeAsync(
        Actor actor, CrosswalkId id, OrganizationId organization, ActKind kind, long? ifMatch, RequestKey? key, Func<Crosswalk, AgreementApproval, CancellationToken, Task<Crosswalk>> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await CrosswalkReading.ReadAsync(store, authority, actor, id, attemptToken);
            var changes = new Changes();
            var by = await AgreementApproval.OfAsync(authority, actor, organization, clock.Now(), changes, attemptToken);
            var changed = await change(read.MustBe(ifMatch).Document, by, attemptToken);
            return (ReferenceEquals(changed, read.Document) ? changes : changes.Audit(organization, actor, kind, id.Value, by.At)).Replacing(CrosswalkDocuments.Kind, read, changed);
        },
        ReplayAsync,
        cancellationToken);

    private async Task<Crosswalk> ProposedAsync(Crosswalk crosswalk, CrosswalkTerms terms, AgreementApproval by, CancellationToken cancellationToken)
    {
        // Versions of scales never change, so nothing need be required of them at the commit.
        var from = await store.GetAsync(ScaleDocuments.Versions, crosswalk.From, "scale", cancellationToken);
        var to = await store.GetAsync(ScaleDocuments.Versions, crosswalk.To, "scale", cancellationToken);
        return crosswalk.Propose(terms, from.Document, to.Document, by);
    }

    private async Task<Organization> OrganizationAsync(OrganizationId id, CancellationToken cancellationToken) =>
        (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", cancellationToken)).Document;

    private Task<Read<Crosswalk>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(CrosswalkDocuments.Kind, id, "crosswalk", cancellationToken);
}
