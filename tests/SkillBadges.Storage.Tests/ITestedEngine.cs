using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Opens stores over one set of data that lives as long as this.</summary>
public interface ITestedEngine : IAsyncDisposable
{
    Task<OpenedStore> OpenAsync(IReadOnlyList<DocumentKind> kinds, TimeProvider clock);
}
