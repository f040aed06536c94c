using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Inspections;

/// <summary>For whom an inspection is read.</summary>
/// <param name="People">Ids of everyone who is the learner here.</param>
/// <param name="Sees">Whether the reader may see what this record-keeper holds.</param>
/// <param name="IsLearner">Whether the learner reads it, not the family.</param>
public sealed record InspectionScope(IReadOnlyList<string> People, Func<OrganizationId, bool> Sees, bool IsLearner);

/// <summary>One file of an inspection that a feature adds: what it keeps of a learner.</summary>
/// <param name="Name">Such as <c>claims.json</c>.</param>
/// <param name="ReadAsync">The file's JSON.</param>
public sealed record InspectionPart(string Name, Func<IDocumentStore, InspectionScope, CancellationToken, Task<string>> ReadAsync)
{
    /// <summary>All documents of a kind about the learner that the reader may see.</summary>
    public static InspectionPart Of<T>(string name, DocumentKind<T> kind, AccessPath<T> byLearner, Func<T, InspectionScope, bool> sees)
        where T : class => new(name, async (store, scope, cancellationToken) =>
        {
            var found = new List<T>();
            await foreach (var read in store.AllAsync(kind, byLearner.WhereAny([.. scope.People]), cancellationToken))
            {
                if (sees(read.Document, scope))
                {
                    found.Add(read.Document);
                }
            }

            return JsonSerializer.Serialize(found, DocumentJson.Options);
        });

    /// <summary>The one document of a kind that each person has.</summary>
    /// <param name="shown">What of it the reader sees; null for nothing.</param>
    public static InspectionPart OfPerson<T>(string name, DocumentKind<T> kind, Func<T, InspectionScope, T?> shown)
        where T : class => new(name, async (store, scope, cancellationToken) =>
            JsonSerializer.Serialize((await store.FindAllAsync(kind, scope.People, cancellationToken)).Select(one => shown(one, scope)).OfType<T>(), DocumentJson.Options));
}
