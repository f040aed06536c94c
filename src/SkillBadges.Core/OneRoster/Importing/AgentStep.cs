using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Makes guardianships of a student's agents who are guardians or parents, at every school where the student studies; ends those that the roster takes back.</summary>
internal sealed class AgentStep(ImportContext context)
{
    private const int Batch = 250;

    public async Task RunAsync(ImportStep step, CancellationToken cancellationToken)
    {
        foreach (var some in context.Rows(RosterFiles.Users, step, "sourcedId", cancellationToken).Select(row => context.IdOf(row[0])).Chunk(Batch))
        {
            await context.CommitAsync((changes, attemptToken) => TakeAsync(changes, some, attemptToken), cancellationToken);
        }
    }

    /// <summary>Brings the guardianships of some users to what the roster says of their agents.</summary>
    public async Task TakeAsync(Changes changes, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var users = await context.FindAsync(RosterDocuments.Users, ids, cancellationToken);
        var agents = await context.FindAsync(RosterDocuments.Users, users.Values.SelectMany(user => user.Document.Agents).Select(context.IdOf), cancellationToken);
        foreach (var read in users.Values)
        {
            var user = read.Document;
            var wanted = Wanted(user, agents);
            var kept = user.Guardianships.Where(one => wanted.Contains((one.Guardian, one.RecordKeeper))).ToList();
            foreach (var gone in user.Guardianships.Except(kept))
            {
                await EndAsync(changes, gone, cancellationToken);
            }

            foreach (var (guardian, keeper) in wanted.Except(kept.Select(one => (one.Guardian, one.RecordKeeper))))
            {
                var guardianship = Guardianship.Record(GuardianshipId.New(context.Now), guardian, user.Person, keeper, GuardianshipProof.SchoolRecord, context.BegunAt);
                changes.Add(GuardianshipDocuments.Kind, guardianship);
                kept.Add(new(guardian, keeper, guardianship.Id));
            }

            context.Write(changes, RosterDocuments.Users, read, user with { Guardianships = [.. kept] });
        }
    }

    private List<(PersonId Guardian, OrganizationId Keeper)> Wanted(RosterUser user, Dictionary<string, Read<RosterUser>> agents) => !user.IsActive ? [] :
    [
        .. from agent in user.Agents.Distinct()
           let found = agents.GetValueOrDefault(context.IdOf(agent))?.Document
           where found is { IsActive: true } && found.Person != user.Person && found.Roles.Any(role => role.Role is "guardian" or "parent")
           from membership in user.Memberships
           where membership.Role == Role.Student
           select (found.Person, membership.Organization),
    ];

    private async Task EndAsync(Changes changes, RosterGuardianship gone, CancellationToken cancellationToken)
    {
        if (await context.Store.FindAsync(GuardianshipDocuments.Kind, gone.Guardianship.Value, cancellationToken) is { Document.To: null } read)
        {
            changes.Replace(GuardianshipDocuments.Kind, read, read.Document.End(context.Now));
        }
    }
}
