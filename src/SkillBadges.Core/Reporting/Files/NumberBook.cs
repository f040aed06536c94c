using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>Which of the numbers that a district sent is a learner's.</summary>
/// <param name="byDigest">The numbers by the digest that is kept of each.</param>
internal sealed class NumberBook(IDocumentStore store, KeyEncryptionKey keys, IReadOnlyDictionary<string, string> byDigest)
{
    /// <summary>The number, or null: a number of the list whose digest is the one entered for the learner, else the roster's unless another was entered.</summary>
    public async Task<string?> OfAsync(PersonId learner, CancellationToken cancellationToken)
    {
        var entered = (await store.FindAsync(StateNumberDocuments.Kind, learner.Value, cancellationToken))?.Document.Digest;
        if (entered is not null && byDigest.TryGetValue(entered, out var sent))
        {
            return sent;
        }

        var roster = (await store.FirstAsync(RosterDocuments.Users, RosterDocuments.UsersByPerson.Where(learner.Value), cancellationToken))?.Document.MasterIdentifier;
        return roster is { Length: > 0 } && (entered is null || IsOf(roster, entered)) ? roster : null;
    }

    private bool IsOf(string number, string digest)
    {
        try
        {
            return StateNumber.DigestOf(number, keys) == digest;
        }
        catch (RefusedException)
        {
            // What a roster brought need not have the form of a number that was entered.
            return false;
        }
    }
}
