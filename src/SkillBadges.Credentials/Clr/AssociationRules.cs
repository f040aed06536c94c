using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Clr;

/// <summary>An association names two achievements; those that stand nowhere in the record lead a reader nowhere.</summary>
internal static class AssociationRules
{
    private static readonly string[] ends = ["sourceId", "targetId"];

    public static void Check(FaultLog log, TapeValue subject)
    {
        var known = new HashSet<string?>();
        Add(known, subject);
        foreach (var credential in subject.Find("verifiableCredential"u8).Items)
        {
            if (credential.Find("type"u8).Holds("EnvelopedVerifiableCredential"u8))
            {
                // What an envelope holds is not read here, so nothing can be said to be missing.
                return;
            }

            foreach (var inner in credential.Find("credentialSubject"u8).Items)
            {
                Add(known, inner);
            }
        }

        if (subject.Find("association"u8) is not { IsArray: true } associations)
        {
            return;
        }

        log.Enter("association");
        var index = 0;
        foreach (var association in associations.Items)
        {
            log.Enter(index++);
            foreach (var end in ends)
            {
                if (association.Find(System.Text.Encoding.UTF8.GetBytes(end)).String is { } id && !known.Contains(id))
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

    private static void Add(HashSet<string?> known, TapeValue subject)
    {
        foreach (var achievement in subject.Find("achievement"u8).Items)
        {
            known.Add(achievement.Find("id"u8).String);
        }
    }
}
