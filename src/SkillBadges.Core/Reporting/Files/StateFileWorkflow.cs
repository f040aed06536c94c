using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>What is asked for when a file is made.</summary>
/// <param name="Layout">Id of a layout of the organization or of one above it, or the name of one that comes with the product; null for the usual columns.</param>
/// <param name="Replaces">The locked file that the new one corrects; null where there is none.</param>
/// <param name="Reason">Why; where it corrects one.</param>
public sealed record NewStateFile(StateFileTerms Terms, StateFileReceiver Receiver, string? Layout, string? Replaces, string? Reason);

/// <summary>A district's files for the state: made, looked at, signed, corrected by another. For the office of the district or school.</summary>
public sealed class StateFileWorkflow(Commits commits, Authority authority, StateFileMaking making, TimeProvider clock)
{
    /// <summary>Longer than a request may take.</summary>
    public static readonly TimeSpan LongestMaking = TimeSpan.FromMinutes(30);

    private const int MaxReasonLength = 500;

    private readonly IDocumentStore store = commits.Store;
    private readonly StateLayoutReading layouts = new(commits.Store);

    /// <summary>Gathers the rows as they are now. The file counts once it is signed.</summary>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>organization.not-found</c>, <c>state-file.not-here</c>, <c>state-file.period</c>, <c>state-file.receiver</c>, <c>state-layout.not-found</c>, <c>state-file.not-found</c>,
    /// <c>state-file.replaces</c>, <c>state-file.reason</c>.
    /// </exception>
    public async Task<Read<StateFile>> MakeAsync(Actor actor, NewStateFile asked, RequestKey? key, CancellationToken cancellationToken)
    {
        Read<Membership>? role = null;
        var begun = await commits.OnceAsync(
            key,
            async attemptToken =>
            {
                role = await authority.RequireAsync(actor, asked.Terms.Organization, Offices.Registry, attemptToken);
                var file = await BeginAsync(actor, asked, attemptToken);
                return new Outcome<Read<StateFile>>(new Changes().Require(MembershipDocuments.Kind, role).Add(StateFileDocuments.Kind, file), new(file, file.Id, 1), file.Id);
            },
            (id, replayToken) =>
            {
                role = null;
                return store.GetAsync(StateFileDocuments.Kind, id, "state-file", replayToken);
            },
            cancellationToken);
        if (role is null)
        {
            return begun;
        }

        try
        {
            return await making.FillAsync(begun, role, cancellationToken);
        }
        catch
        {
            // Said at once where that can be; a crash is noticed by FailOldAsync.
            await FailAsync(begun.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Names as failed what nobody can be making any more, since no request takes so long; how many there were.</summary>
    public async Task<int> FailOldAsync(CancellationToken cancellationToken)
    {
        var old = await store.QueryAsync(StateFileDocuments.Kind, StateFileDocuments.Making.Where().To(clock.Now() - LongestMaking).Take(100), cancellationToken);
        foreach (var file in old.Items)
        {
            await FailAsync(file.Id, cancellationToken);
        }

        return old.Items.Count;
    }

    // A maker that is alive after all finds the file changed, and its last commit fails.
    private Task<bool> FailAsync(string id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            if (await store.FindAsync(StateFileDocuments.Kind, id, token) is { Document.State: StateFileState.Making } read)
            {
                changes.Replace(StateFileDocuments.Kind, read, read.Document.Fail());
            }

            return new Outcome<bool>(changes, true, id);
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>state-file.not-found</c>.</exception>
    public async Task<Read<StateFile>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken) => (await OpenAsync(actor, id, cancellationToken)).File;

    /// <summary>The files of an organization, latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<StateFile>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<StateFile>, DocumentQuery<StateFile>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(StateFileDocuments.Kind, page(StateFileDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    /// <summary>What is wrong with the rows, a page of the file at a time.</summary>
    /// <exception cref="RefusedException"><c>state-file.not-found</c>.</exception>
    public async Task<(ImmutableArray<StateFileFault> Faults, string? Next)> FaultsAsync(Actor actor, string id, string? cursor, CancellationToken cancellationToken)
    {
        await OpenAsync(actor, id, cancellationToken);
        var page = await store.QueryAsync(StateFileDocuments.Pages, StateFileDocuments.PagesByFile.Where(id).Take(1).After(cursor), cancellationToken);
        return ([.. page.Documents.SelectMany(one => one.Faults)], page.Next);
    }

    /// <summary>Signs the file for the district: it stays as it is, and takes the place of the one that it corrects.</summary>
    /// <param name="seen">Digest of what was looked at.</param>
    /// <exception cref="RefusedException"><c>state-file.not-found</c>, <c>state-file.taken</c>, <c>state-file.replaces</c>, and those of <see cref="StateFile.Lock"/>.</exception>
    public Task<Read<StateFile>> LockAsync(Actor actor, string id, Sha256Digest seen, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (read, office) = await OpenAsync(actor, id, attemptToken);
            var locked = read.Document.Lock(seen, actor.Person, clock.Now());
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            var counting = await store.FirstAsync(StateFileDocuments.Kind, StateFileDocuments.Counting.Where(locked.Slot), attemptToken);
            if (counting?.Id != locked.Replaces)
            {
                throw counting is null
                    ? Refused.Conflict("state-file.replaces", "The file that this one corrects does not count any more.")
                    : Refused.Conflict("state-file.taken", "A signed file of this kind and period counts already. A correction names it.");
            }

            if (counting is not null)
            {
                changes.Replace(StateFileDocuments.Kind, counting, counting.Document.ReplaceBy(id));
            }

            return new Outcome<Read<StateFile>>(changes.Replace(StateFileDocuments.Kind, read, locked), read.Became(locked), id);
        },
        cancellationToken);

    /// <summary>Throws away a file that was never signed.</summary>
    /// <exception cref="RefusedException"><c>state-file.not-found</c>, <c>state-file.locked</c>.</exception>
    public async Task DiscardAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        await commits.RunAsync(
            async attemptToken =>
            {
                var (read, office) = await OpenAsync(actor, id, attemptToken);
                read.Document.RequireDraft();
                return new Outcome<Read<StateFile>>(new Changes().Require(MembershipDocuments.Kind, office).Remove(StateFileDocuments.Kind, read), read, id);
            },
            cancellationToken);
        while (true)
        {
            var pages = await store.QueryAsync(StateFileDocuments.Pages, StateFileDocuments.PagesByFile.Where(id).Take(20), cancellationToken);
            if (pages.Items.Count == 0)
            {
                return;
            }

            var changes = new Changes();
            foreach (var page in pages.Items)
            {
                changes.Remove(StateFileDocuments.Pages, page);
            }

            await store.CommitAsync(changes, cancellationToken);
        }
    }

    /// <summary>The file and the role in which the actor may see it.</summary>
    /// <exception cref="RefusedException"><c>state-file.not-found</c>.</exception>
    internal async Task<(Read<StateFile> File, Read<Membership> Office)> OpenAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(StateFileDocuments.Kind, id, "state-file", cancellationToken);
        var office = await authority.FindAsync(actor, read.Document.Terms.Organization, Offices.Registry, cancellationToken) ?? throw Refused.NotFound("state-file");
        return (read, office);
    }

    private async Task<StateFile> BeginAsync(Actor actor, NewStateFile asked, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, asked.Terms.Organization.Value, "organization", cancellationToken)).Document.RequireReports();
        var now = clock.Now();
        var file = new StateFile(NewId.Ordered(now), asked.Terms.Checked(), asked.Receiver.Checked(organization.DayOf(now)), await layouts.ColumnsAsync(organization.Id, asked.Layout ?? StateLayout.UsualOf(asked.Terms.Kind), cancellationToken), actor.Person, now)
        {
            Replaces = asked.Replaces,
            Reason = asked.Replaces is null ? null : DisplayText.Require(asked.Reason, MaxReasonLength, "state-file.reason"),
        };
        if (file.Replaces is not { } replaced)
        {
            return file;
        }

        var earlier = await store.FindAsync(StateFileDocuments.Kind, replaced, cancellationToken);
        return earlier?.Document is { State: StateFileState.Locked } counts && counts.Slot == file.Slot
            ? file
            : throw Refused.Conflict("state-file.replaces", "A correction names the signed file of the same organization, kind and period that counts.");
    }
}
