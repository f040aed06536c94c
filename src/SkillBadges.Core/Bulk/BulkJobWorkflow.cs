using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>What somebody hands in.</summary>
public sealed record NewBulkJob(BulkKind Kind, BulkFormat Format, OrganizationId School, string? Badge);

/// <summary>Receives files of many rows, and begins and cancels what is done with them.</summary>
public sealed class BulkJobWorkflow(Commits commits, Authority authority, IPartialFiles files, TimeProvider clock)
{
    public const long MaxBytes = 64L << 20;
    public const int MaxRows = 100_000;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Keeps the file and has each row tried. The same file for the same thing, sent again, is the job that is there.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>badge.not-found</c>, <c>role.missing</c>, <c>file.too-large</c>, <c>file.store-full</c>, <c>file.store-failed</c>.</exception>
    public async Task<Read<BulkJob>> ReceiveAsync(Actor actor, NewBulkJob asked, Stream content, Func<Sha256Digest, RequestKey?> key, CancellationToken cancellationToken)
    {
        await OfficeAsync(actor, asked, cancellationToken);
        var id = NewId.Ordered(clock.Now());
        var (digest, _) = await files.KeepAsync(id, content, MaxBytes, () => Refused.Invalid("file.too-large", $"A file of rows may have at most {MaxBytes >> 20} MB."), cancellationToken);
        var received = await commits.OnceAsync(
            key(digest),
            async token =>
            {
                var (now, office) = (clock.Now(), await OfficeAsync(actor, asked, token));
                var job = new BulkJob(id, asked.Kind, asked.Format, actor.Person, asked.School, asked.Badge, digest, now);
                var same = await store.FirstAsync(BulkJobDocuments.Kind, BulkJobDocuments.Same.Where(job.By.Value, $"{job.Kind} {job.School} {job.Badge}", digest.Hex), token);
                return same is not null
                    ? new Outcome<Read<BulkJob>>(new Changes(), same, same.Id)
                    : new(new Changes().Add(BulkJobDocuments.Kind, job).Require(MembershipDocuments.Kind, office).Send(BulkJobDocuments.Message(id, now)), new(job, id, 1), id);
            },
            (earlier, token) => store.GetAsync(BulkJobDocuments.Kind, earlier, "bulk-job", token),
            cancellationToken);
        if (received.Id != id)
        {
            files.Remove(id);
        }

        return received;
    }

    /// <summary>A job of one's own.</summary>
    /// <exception cref="RefusedException"><c>bulk-job.not-found</c>.</exception>
    public async Task<Read<BulkJob>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(BulkJobDocuments.Kind, id, cancellationToken) is { } read && read.Document.By == actor.Person ? read : throw Refused.NotFound("bulk-job");

    public Task<Page<BulkJob>> ListAsync(Actor actor, Func<DocumentQuery<BulkJob>, DocumentQuery<BulkJob>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(BulkJobDocuments.Kind, page(BulkJobDocuments.ByPerson.Where(actor.Person.Value).Descending()), cancellationToken);

    /// <summary>Begins the run; doing it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>bulk-job.not-found</c>, <c>bulk-job.not-checked</c>, <c>role.missing</c>.</exception>
    public Task<Read<BulkJob>> BeginAsync(Actor actor, string id, CancellationToken cancellationToken) => ChangeAsync(
        actor, id, job => job.Begin(clock.Now()), changes => changes.Send(BulkJobDocuments.Message(id, clock.Now())), cancellationToken);

    /// <summary>Ends the work after the rows that are under way.</summary>
    /// <exception cref="RefusedException"><c>bulk-job.not-found</c>, <c>role.missing</c>.</exception>
    public Task<Read<BulkJob>> CancelAsync(Actor actor, string id, CancellationToken cancellationToken) => ChangeAsync(actor, id, job => job.Cancel(clock.Now()), _ => { }, cancellationToken);

    private Task<Read<BulkJob>> ChangeAsync(Actor actor, string id, Func<BulkJob, BulkJob> change, Action<Changes> also, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var read = await ReadAsync(actor, id, token);
            var (changed, changes) = (change(read.Document), new Changes());
            if (changed != read.Document)
            {
                changes.Replace(BulkJobDocuments.Kind, read, changed);
                also(changes);
            }

            return new Outcome<Read<BulkJob>>(changes, changed == read.Document ? read : read.Became(changed), id);
        },
        cancellationToken);

    /// <summary>Whether a job has yet to read the file of that id. Jobs are kept for <see cref="BulkJob.Kept"/>, so none is needed for longer.</summary>
    public async Task<bool> NeedsFileAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(BulkJobDocuments.Kind, id, cancellationToken) is { Document: { IsUnderWay: true } or { State: BulkState.Checked } };

    // Each row is judged by itself; this keeps people who decide on nothing from filling the disk.
    private async Task<Read<Membership>> OfficeAsync(Actor actor, NewBulkJob asked, CancellationToken cancellationToken)
    {
        await store.GetAsync(OrganizationDocuments.Kind, asked.School.Value, "organization", cancellationToken);
        if (asked.Badge is { } badge)
        {
            await store.CurrentVersionAsync(badge, cancellationToken);
        }

        return await authority.RequireAsync(actor, asked.School, asked.Kind == BulkKind.Revocations ? Offices.Registry : [Role.Teacher, Role.Supervisor], cancellationToken);
    }
}
