using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>The names of learners, for those who may see them; views keep ids alone.</summary>
public static class ClassNames
{
    public static async Task<IReadOnlyDictionary<PersonId, string>> NamesAsync(this IDocumentStore store, IEnumerable<PersonId> people, CancellationToken cancellationToken)
    {
        var names = new Dictionary<PersonId, string>();
        foreach (var some in people.Select(person => person.Value).Distinct(StringComparer.Ordinal).Chunk(DocumentQuery<Person>.MaxFirstValues))
        {
            foreach (var read in await store.FindManyAsync(PersonDocuments.Kind, some, cancellationToken))
            {
                names[read.Document.Id] = read.Document.DisplayName;
            }
        }

        return names;
    }
}
