namespace SkillBadges;

/// <summary>The source tree that the tests were built from; compiled into every project of tests.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "SkillBadges.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests read the source tree; SkillBadges.sln was not found above them.");
    }
}
