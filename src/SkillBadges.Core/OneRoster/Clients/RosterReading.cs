using System.Runtime.CompilerServices;
using SkillBadges.Core.OneRoster.Exporting;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Clients;

/// <summary>A record as a client reads it.</summary>
/// <param name="Roles">Of a user.</param>
/// <param name="Learner">Whom it is about, where it is about one, and who keeps their record.</param>
public sealed record ReadRow(PackRow Row, string Status, DateTimeOffset ChangedAt, IReadOnlyList<PackRow> Roles, (PersonId Person, OrganizationId Keeper)? Learner);

/// <summary>The collections of a source, in the order of sourcedIds (results: of classes).</summary>
public sealed class RosterReading(IDocumentStore store, TimeProvider clock)
{
    public IAsyncEnumerable<ReadRow> RowsAsync(string source, string collection, CancellationToken cancellationToken) => collection switch
    {
        "orgs" => OfAsync(RosterDocuments.Orgs, RosterDocuments.OrgsBySource.Where(source), RosterRows.Org, _ => true, cancellationToken),
        "schools" => OfAsync(RosterDocuments.Orgs, RosterDocuments.OrgsBySource.Where(source), RosterRows.Org, org => org.Type == "school", cancellationToken),
        "academicSessions" => OfAsync(RosterDocuments.Sessions, RosterDocuments.SessionsBySource.Where(source), RosterRows.Session, _ => true, cancellationToken),
        "terms" => OfAsync(RosterDocuments.Sessions, RosterDocuments.SessionsBySource.Where(source), RosterRows.Session, session => session.Type == "term", cancellationToken),
        "gradingPeriods" => OfAsync(RosterDocuments.Sessions, RosterDocuments.SessionsBySource.Where(source), RosterRows.Session, session => session.Type == "gradingPeriod", cancellationToken),
        "courses" => OfAsync(RosterDocuments.Courses, RosterDocuments.CoursesBySource.Where(source), RosterRows.Course, _ => true, cancellationToken),
        "classes" => OfAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySource.Where(source), RosterRows.Class, _ => true, cancellationToken),
        "users" => UsersAsync(source, _ => true, cancellationToken),
        "students" => UsersAsync(source, user => user.Roles.Any(role => role.Role == "student"), cancellationToken),
        "teachers" => UsersAsync(source, user => user.Roles.Any(role => role.Role == "teacher"), cancellationToken),
        "enrollments" => EnrollmentsAsync(source, cancellationToken),
        _ => ResultsAsync(source, collection, cancellationToken),
    };

    /// <summary>Writes, before they leave, one row a day for each learner whom these records are about.</summary>
    public async Task DiscloseAsync(RosterClient client, IEnumerable<ReadRow> rows, bool withEntries, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var wanted = rows.Select(row => row.Learner).OfType<(PersonId Person, OrganizationId Keeper)>().CountBy(learner => learner)
            .ToDictionary(pair => RosterKey.IdOf($"{client.Id} {now:yyyy-MM-dd} {withEntries}", $"{pair.Key.Person.Value}{pair.Key.Keeper.Value}"), pair => pair, StringComparer.Ordinal);
        foreach (var some in wanted.Keys.Chunk(500))
        {
            var there = (await store.FindManyAsync(DisclosureDocuments.Kind, some, cancellationToken)).Select(read => read.Id).ToHashSet(StringComparer.Ordinal);
            var changes = new Changes();
            foreach (var id in some.Where(id => !there.Contains(id)))
            {
                var ((person, keeper), count) = wanted[id];
                changes.Disclose(new(id, person, keeper, null, client.Organization, DisclosureBasis.SchoolOfficial, withEntries ? count : 0, now) { Door = DisclosureDoor.Export, Through = client.Id, Recipient = client.Name });
            }

            try
            {
                await store.CommitAsync(changes, cancellationToken);
            }
            catch (NotUniqueException)
            {
                // The same client asked twice at once: the other request wrote some of them, and this one must not answer before all are there.
                await DiscloseAsync(client, rows, withEntries, cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<ReadRow> OfAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, Func<T, PackRow> row, Func<T, bool> takes, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : RosterRecord
    {
        await foreach (var read in store.AllAsync(kind, query, cancellationToken))
        {
            if (takes(read.Document))
            {
                yield return new(row(read.Document), read.Document.Status, read.Document.ChangedAt, [], null);
            }
        }
    }

    private async IAsyncEnumerable<ReadRow> UsersAsync(string source, Func<RosterUser, bool> takes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var read in store.AllAsync(RosterDocuments.Users, RosterDocuments.UsersBySource.Where(source), cancellationToken))
        {
            var user = read.Document;
            if (takes(user))
            {
                var keeper = user.Memberships.FirstOrDefault(one => one.Role == Role.Student)?.Organization;
                yield return new(RosterRows.User(user), user.Status, user.ChangedAt, [.. user.Roles.Select(role => RosterRows.Role(user, role))], keeper is { } school ? (user.Person, school) : null);
            }
        }
    }

    private async IAsyncEnumerable<ReadRow> EnrollmentsAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var read in store.AllAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySource.Where(source), cancellationToken))
        {
            var section = read.Document;
            foreach (var part in section.Enrollments)
            {
                var status = section.IsActive && part.EndedOn is null ? RosterFiles.Active : RosterFiles.ToBeDeleted;
                yield return new(RosterRows.Enrollment(section, part), status, section.ChangedAt, [], part.Role == "student" ? (part.Person, section.Organization) : null);
            }
        }
    }

    private async IAsyncEnumerable<ReadRow> ResultsAsync(string source, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (collection == "categories")
        {
            yield return new(ClassResults.CategoryRow, RosterFiles.Active, DateTimeOffset.UnixEpoch, [], null);
            yield break;
        }

        var reading = new ResultReading(store);
        await foreach (var read in store.AllAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySource.Where(source), cancellationToken))
        {
            if (!read.Document.IsActive)
            {
                continue;
            }

            var results = await reading.OfAsync(read.Document, cancellationToken);
            var people = results.Select(result => result.Student).DistinctBy(student => student.SourcedId).ToDictionary(student => student.SourcedId, student => student.Person, StringComparer.Ordinal);
            var rows = new List<PackRow>();
            new ClassResults(rows.Add, read.Document, reading.Scales).Write(results);
            foreach (var row in rows.Where(row => row.File.Name == collection))
            {
                yield return new(row, RosterFiles.Active, clock.Now(), [], row.File == RosterFiles.Results ? (people[row["studentSourcedId"]], read.Document.Organization) : null);
            }
        }
    }
}
