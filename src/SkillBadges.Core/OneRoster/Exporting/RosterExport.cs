using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Exporting;

/// <summary>An archive on its way out; it is removed when disposed.</summary>
public sealed class ExportedPack(Stream content, Action remove) : IAsyncDisposable
{
    public Stream Content { get; } = content;

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        remove();
    }
}

/// <summary>
/// Writes a bulk pack of a source: its rosters as they stand, and the results of its students in its classes. A result goes with the class in which it was decided, else with one whose teacher decided, else with the student's first one.
/// Before anything leaves, a row of the disclosures says so for each student with a result.
/// </summary>
public sealed class RosterExport(IDocumentStore store, Authority authority, IPartialFiles files, TimeProvider clock)
{
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>oneroster.source</c>, <c>roster.not-found</c>.</exception>
    public async Task<ExportedPack> WriteAsync(Actor actor, OrganizationId organization, string sourceName, CancellationToken cancellationToken)
    {
        var source = RosterSource.Of(organization, sourceName);
        var office = await authority.RequireAsync(actor, organization, Offices.Administrators, cancellationToken);
        var now = clock.Now();
        using var writer = new PackWriter(files, NewId.Ordered(now));
        if (!await WriteRostersAsync(writer, source.Value, cancellationToken))
        {
            throw Refused.NotFound("roster");
        }

        await WriteResultsAsync(writer, source.Value, new(actor, organization, office), cancellationToken);
        var archive = NewId.Ordered(now);
        return new(await writer.FinishAsync(archive, $"SkillBadges {sourceName}", cancellationToken), () => files.Remove(archive));
    }

    private sealed record Receiver(Actor Actor, OrganizationId Organization, Read<Membership> Office);

    private async Task<bool> WriteRostersAsync(PackWriter writer, string source, CancellationToken cancellationToken)
    {
        var any = false;
        await foreach (var org in ActiveAsync(RosterDocuments.Orgs, RosterDocuments.OrgsBySource.Where(source), cancellationToken))
        {
            writer.Write(RosterRows.Org(org));
            any = true;
        }

        await foreach (var session in ActiveAsync(RosterDocuments.Sessions, RosterDocuments.SessionsBySource.Where(source), cancellationToken))
        {
            writer.Write(RosterRows.Session(session));
        }

        await foreach (var course in ActiveAsync(RosterDocuments.Courses, RosterDocuments.CoursesBySource.Where(source), cancellationToken))
        {
            writer.Write(RosterRows.Course(course));
        }

        await foreach (var user in ActiveAsync(RosterDocuments.Users, RosterDocuments.UsersBySource.Where(source), cancellationToken))
        {
            writer.Write(RosterRows.User(user));
            foreach (var role in user.Roles)
            {
                writer.Write(RosterRows.Role(user, role));
            }
        }

        return any;
    }

    private async Task WriteResultsAsync(PackWriter writer, string source, Receiver receiver, CancellationToken cancellationToken)
    {
        var (hasCategory, reading) = (false, new ResultReading(store));
        await foreach (var section in ActiveAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySource.Where(source), cancellationToken))
        {
            writer.Write(RosterRows.Class(section));
            foreach (var part in section.Enrollments.Where(part => part.EndedOn is null))
            {
                writer.Write(RosterRows.Enrollment(section, part));
            }

            var results = await reading.OfAsync(section, cancellationToken);
            if (results.Count == 0)
            {
                continue;
            }

            if (!hasCategory)
            {
                writer.Write(ClassResults.CategoryRow);
                hasCategory = true;
            }

            await DiscloseAsync(receiver, section.Organization, results, cancellationToken);
            new ClassResults(writer.Write, section, reading.Scales).Write(results);
        }
    }

    private async Task DiscloseAsync(Receiver receiver, OrganizationId keeper, List<ClassResult> results, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var changes = new Changes().Require(MembershipDocuments.Kind, receiver.Office);
        foreach (var (student, count) in results.CountBy(result => result.Student.Person))
        {
            changes.Disclose(new(NewId.Ordered(now), student, keeper, receiver.Actor.Person, receiver.Organization, DisclosureBasis.SchoolOfficial, count, now) { Door = DisclosureDoor.Export });
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async IAsyncEnumerable<T> ActiveAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : RosterRecord
    {
        await foreach (var read in store.AllAsync(kind, query, cancellationToken))
        {
            if (read.Document.IsActive)
            {
                yield return read.Document;
            }
        }
    }
}
