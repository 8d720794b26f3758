// SPDX-License-Identifier: MIT
#include "pipeline/commands/schema_target.hpp"

#include "pipeline/model/errors.hpp"

namespace ingot {

std::unique_ptr<schema::Target> open_target(const Options& options) {
    if (options.postgres) return schema::open_postgres(*options.postgres, options.target_schema);
    if (options.sqlite_given) return schema::open_sqlite(options.sqlite);
    throw UsageError("name the database: --postgres CONN or --sqlite FILE");
}

}  // namespace ingot
