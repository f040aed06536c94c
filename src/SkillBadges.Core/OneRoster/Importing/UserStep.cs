using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Takes over a part of the people with their roles: a person is made or found by the source's id, never by a name, and roles become memberships.</summary>
internal sealed class UserStep(ImportContext context, PersonMatching matching)
{
    private const int Batch = 250;

    private sealed record UserRow(RosterUser Record, bool IsGone, string? Subject);

    private sealed record RoleRow(RosterRole Record, bool IsGone);

    public async Task RunAsync(ImportStep step, CancellationToken cancellationToken)
    {
        await context.LoadAsync(cancellationToken);
        var users = context.Rows(RosterFiles.Users, step, "sourcedId", cancellationToken)
            .ToDictionary(row => row[0], row => new UserRow(row.User(context.Source), row.IsTakenBack(), SubjectOf(row)), StringComparer.Ordinal);
        var roles = context.Rows(RosterFiles.Roles, step, "userSourcedId", cancellationToken)
            .Select(row => (User: row["userSourcedId"], Role: new RoleRow(row.Role(), row.IsTakenBack()))).ToLookup(one => one.User, one => one.Role, StringComparer.Ordinal);
        foreach (var some in users.Keys.Union(roles.Select(one => one.Key), StringComparer.Ordinal).Chunk(Batch))
        {
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    var stored = await context.FindAsync(RosterDocuments.Users, some.Select(context.IdOf), attemptToken);
                    var matched = await matching.FindAsync(some.Where(id => !stored.ContainsKey(context.IdOf(id))).Select(id => (id, users.GetValueOrDefault(id)?.Subject)), attemptToken);
                    foreach (var id in some)
                    {
                        await TakeAsync(changes, stored.GetValueOrDefault(context.IdOf(id)), users.GetValueOrDefault(id), [.. roles[id]], matched.TryGetValue(id, out var person) ? person : null, attemptToken);
                    }
                },
                cancellationToken);
        }
    }

    private string? SubjectOf(RosterTable row) => context.Import.Identity is { } identity
        ? CellText.Pairs(row["userIds"]).Where(pair => pair.Left == identity.Type).Select(pair => pair.Right).FirstOrDefault()
        : null;

    private async Task TakeAsync(Changes changes, Read<RosterUser>? stored, UserRow? row, IReadOnlyList<RoleRow> roleRows, PersonId? matched, CancellationToken cancellationToken)
    {
        var old = stored?.Document;
        if ((row?.Record ?? old) is not { } said)
        {
            return;
        }

        var person = old?.Person ?? matched ?? PersonId.New(context.Now);
        var next = row is null ? said : said with
        {
            Person = person,
            Roles = old?.Roles ?? [],
            Memberships = old?.Memberships ?? [],
            Guardianships = old?.Guardianships ?? [],
            EndedAt = row.IsGone ? old?.EndedAt ?? context.Now : null,
        };
        next = next with { Roles = RolesOf(next, roleRows) };
        next = next with { Memberships = await new RoleMemberships(context).ReconcileAsync(changes, next, isNewPerson: old is null && matched is null, cancellationToken) };
        if (old is null && matched is null)
        {
            changes.Add(PersonDocuments.Kind, Person.Named(person, next.DisplayName));
        }
        else if (old is not null && old.DisplayName != next.DisplayName)
        {
            await RenameAsync(changes, old, next, cancellationToken);
        }

        context.Write(changes, RosterDocuments.Users, stored, next);
    }

    private ImmutableArray<RosterRole> RolesOf(RosterUser user, IReadOnlyList<RoleRow> rows)
    {
        switch (context.ModeOf(RosterFiles.Roles))
        {
            case PackMode.Bulk:
                return [.. rows.Select(row => row.Record)];
            case PackMode.Delta:
                var named = rows.Select(row => row.Record.SourcedId).ToHashSet(StringComparer.Ordinal);
                return [.. user.Roles.Where(role => !named.Contains(role.SourcedId)), .. rows.Where(row => !row.IsGone).Select(row => row.Record)];
            default:
                return user.Roles;
        }
    }

    // Who was renamed here by hand keeps that name.
    private async Task RenameAsync(Changes changes, RosterUser old, RosterUser next, CancellationToken cancellationToken)
    {
        if (await context.Store.FindAsync(PersonDocuments.Kind, old.Person.Value, cancellationToken) is { } person && person.Document.DisplayName == Person.Named(old.Person, old.DisplayName).DisplayName)
        {
            changes.Replace(PersonDocuments.Kind, person, person.Document with { DisplayName = Person.Named(old.Person, next.DisplayName).DisplayName });
        }
    }
}
