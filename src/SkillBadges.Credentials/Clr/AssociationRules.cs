using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Clr;

/// <summary>An association names two achievements; those that stand nowhere in the record lead a reader nowhere.</summary>
internal static class AssociationRules
{
    public static void Check(FaultLog log, JsonElement subject)
    {
        var credentials = CredentialMembers.Values(subject, "verifiableCredential").ToList();
        if (!subject.TryGetProperty("association", out var associations) || associations.ValueKind != JsonValueKind.Array
            || credentials.Any(credential => CredentialMembers.HasType(credential, "EnvelopedVerifiableCredential")))
        {
            // What an envelope holds is not read here, so nothing can be said to be missing.
            return;
        }

        var known = CredentialMembers.Values(subject, "achievement")
            .Concat(credentials.SelectMany(credential => CredentialMembers.Values(credential, "credentialSubject")).SelectMany(inner => CredentialMembers.Values(inner, "achievement")))
            .Select(achievement => CredentialMembers.Text(achievement, "id"))
            .ToHashSet();
        log.Enter("association");
        var index = 0;
        foreach (var association in associations.EnumerateArray())
        {
            log.Enter(index++);
            foreach (var end in new[] { "sourceId", "targetId" })
            {
                if (CredentialMembers.Text(association, end) is { } id && !known.Contains(id))
                {
                    log.Enter(end);
                    log.Note("model.association-unresolved", "No achievement of this record has this id.");
                    log.Leave();
                }
            }

            log.Leave();
        }

        log.Leave();
    }
}
